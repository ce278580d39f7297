package dev.caravan.target;

import dev.caravan.connection.SqlErrors;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Runs the operator's own SQL files in the new database before it is verified. Stateless. */
final class AfterLoad {
    private AfterLoad() {}

    /** Each file is one transaction, unless it says BEGIN itself; its names are looked up as in any session of the database. */
    static void run(Connection staging, String connectionName, List<Path> files) {
        for (Path file : files) {
            try {
                TargetServer.execute(staging, "RESET search_path");
                TargetServer.execute(staging, Files.readString(file));
            } catch (IOException e) {
                throw CaravanException.of(
                        ErrorCode.AFTER_LOAD_FAILED,
                        "The file " + file + " cannot be read.",
                        "Check caravan.connection." + connectionName + ".afterLoad and the file's permissions.");
            } catch (SQLException e) {
                CaravanException failed = SqlErrors.translate(e, connectionName, "running " + file);
                throw CaravanException.of(
                                ErrorCode.AFTER_LOAD_FAILED,
                                failed.getMessage(),
                                "Run the file on a copy with psql to see what it does; the target's log has the message.")
                        .with("sqlState", String.valueOf(e.getSQLState()));
            }
        }
    }
}
