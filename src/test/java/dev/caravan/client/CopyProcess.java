package dev.caravan.client;

import java.util.List;

/** The copy command as a process of its own, for tests that send it signals. */
final class CopyProcess {
    private CopyProcess() {}

    public static void main(String[] args) {
        System.exit(CopyCommand.run(List.of(args), System.out, System.err));
    }
}
