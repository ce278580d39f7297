package dev.caravan.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void withoutASizeTheOutputIsNoTerminal() {
        Terminal terminal = Terminal.of(Map.of("TERM", "xterm"));
        assertFalse(terminal.redraws());
        assertFalse(terminal.colour());
    }

    @Test
    void sizeComesFromTheScript() {
        Terminal terminal = Terminal.of(Map.of("CARAVAN_TERMINAL", "50 132", "LANG", "de_DE.UTF-8"));
        assertTrue(terminal.redraws() && terminal.colour());
        assertEquals(132, terminal.columns());
        assertEquals(50, terminal.rows());
        assertEquals(Terminal.Glyphs.UNICODE, terminal.glyphs());
        assertEquals(60, terminal.resized("20 60\n").columns());
        assertEquals(132, terminal.resized("no size").columns());
    }

    @Test
    void noColorAndDumbTerminalsAreRespected() {
        assertFalse(Terminal.of(Map.of("CARAVAN_TERMINAL", "24 80", "NO_COLOR", "1"))
                .colour());
        assertFalse(
                Terminal.of(Map.of("CARAVAN_TERMINAL", "24 80", "TERM", "dumb")).redraws());
    }

    @Test
    void localesWithoutUtf8GetAsciiAndTheStrongestVariableWins() {
        assertEquals(Terminal.Glyphs.ASCII, Terminal.of(Map.of()).glyphs());
        assertEquals(
                Terminal.Glyphs.ASCII,
                Terminal.of(Map.of("LC_ALL", "C", "LANG", "C.UTF-8")).glyphs());
        assertEquals(
                Terminal.Glyphs.UNICODE,
                Terminal.of(Map.of("LC_CTYPE", "C.utf8")).glyphs());
    }
}
