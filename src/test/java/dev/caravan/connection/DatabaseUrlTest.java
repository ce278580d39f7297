package dev.caravan.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @Test
    void anAddressIsTakenApart() {
        assertEquals(new DatabaseUrl("h", 5432, "d", Map.of()), DatabaseUrl.parse("jdbc:postgresql://h/d"));
        assertEquals(
                new DatabaseUrl(
                        "db-1.example", 6000, "my/shop+ü", Map.of("sslmode", "verify-full", "sslrootcert", "/a b")),
                DatabaseUrl.parse(
                        "jdbc:postgresql://db-1.example:6000/my%2Fshop+%C3%BC?sslmode=verify-full&sslrootcert=/a%20b"));
        assertEquals("::1", DatabaseUrl.parse("jdbc:postgresql://[::1]:5432/d").host());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "canary",
                "jdbc:postgresql:",
                "jdbc:postgresql:canary",
                "jdbc:postgresql:///canary",
                "jdbc:postgresql://canary",
                "jdbc:postgresql://canary/",
                "jdbc:postgresql://:5432/canary",
                "jdbc:postgresql://canary:/d",
                "jdbc:postgresql://canary:x/d",
                "jdbc:postgresql://canary:0/d",
                "jdbc:postgresql://canary:65536/d",
                "jdbc:postgresql://canary:-1/d",
                "jdbc:postgresql://canary:999999/d",
                "jdbc:postgresql://a,canary/d",
                "jdbc:postgresql://a:1,canary:2/d",
                "jdbc:postgresql://user:canary@h/d",
                "jdbc:postgresql://canary@h/d",
                "jdbc:postgresql://[canary]/d",
                "jdbc:postgresql://[::1/canary",
                "jdbc:postgresql://::1/canary",
                "jdbc:postgresql://h canary/d",
                "jdbc:postgresql://h\ncanary/d",
                "jdbc:postgresql://h\\canary/d",
                "jdbc:postgresql://h%00canary/d",
                "jdbc:postgresql://h#canary/d",
                "jdbc:postgresql://h&canary/d",
                "jdbc:postgresql://h/canary/d",
                "jdbc:postgresql://h/canary%",
                "jdbc:postgresql://h/canary%2",
                "jdbc:postgresql://h/%canary",
                "jdbc:postgresql://h/canary%00",
                "jdbc:postgresql://h/canary%0a",
                "jdbc:postgresql://h/canary%FF",
                "jdbc:postgresql://h/canary?",
                "jdbc:postgresql://h/canary?&",
                "jdbc:postgresql://h/canary?sslmode",
                "jdbc:postgresql://h/canary?sslmode=",
                "jdbc:postgresql://h/canary?sslmode=a&sslmode=b",
                "jdbc:postgresql://h/canary?sslmode=require&",
                "jdbc:postgresql://h/canary?sslmode=%zz",
                "jdbc:postgresql://h/canary?SSLMODE=require",
                "jdbc:postgresql://h/d?user=canary",
                "jdbc:postgresql://h/d?password=canary",
                "jdbc:postgresql://h/d?sslpassword=canary",
                "jdbc:postgresql://h/d?socketFactory=canary",
                "jdbc:postgresql://h/d?socketFactoryArg=canary",
                "jdbc:postgresql://h/d?sslfactory=canary",
                "jdbc:postgresql://h/d?sslfactoryarg=canary",
                "jdbc:postgresql://h/d?sslhostnameverifier=canary",
                "jdbc:postgresql://h/d?sslpasswordcallback=canary",
                "jdbc:postgresql://h/d?authenticationPluginClassName=canary",
                "jdbc:postgresql://h/d?loggerFile=canary",
                "jdbc:postgresql://h/d?loggerLevel=canary",
                "jdbc:postgresql://h/d?service=canary",
                "jdbc:postgresql://h/d?options=-c%20canary",
                "jdbc:postgresql://h/d?jaasApplicationName=canary",
                "jdbc:postgresql://h/d?targetServerType=canary",
                "jdbc:postgresql://h/d?stringtype=canary",
                "jdbc:postgresql://h/d?sslmode=require&user=canary",
                "jdbc:mysql://canary/d",
                "jdbc:sqlite:canary",
                "postgresql://canary/d",
                "JDBC:POSTGRESQL://canary/d",
                " jdbc:postgresql://canary/d"
            })
    void otherAddressesAreRefusedAndNotRepeated(String address) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> DatabaseUrl.parse(address));
        assertFalse(refusal.getMessage().contains("canary"), refusal::getMessage);
    }
}
