package dev.caravan;

/** Starts Caravan. */
public final class Caravan {
    private Caravan() {}

    public static void main(String[] args) {
        System.out.println("x");
    }
}
