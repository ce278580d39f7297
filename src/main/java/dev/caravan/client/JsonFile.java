package dev.caravan.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads JSON objects that the command line names. */
final class JsonFile {
    private JsonFile() {}

    /**
     * @param place a file, or {@code -} for standard input
     * @param what it is called in an error
     * @param example what it looks like
     * @throws dev.caravan.schema.CaravanException {@code validation}, without a word of the text
     */
    static ObjectNode object(String place, InputStream in, String what, String example) {
        try {
            byte[] text = place.equals("-") ? in.readAllBytes() : Files.readAllBytes(Path.of(place));
            if (CopyService.JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            // Reported below: the parser's own message quotes the text.
        } catch (IOException e) {
            throw CopyOptions.wrong(
                    what + " cannot be read.", "Name a file that is there and may be read, or - for standard input.");
        }
        throw CopyOptions.wrong(what + " does not hold a JSON object.", "It looks like " + example);
    }
}
