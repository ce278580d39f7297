package dev.caravan.mask;

/** Bounds of parameters. */
final class Limits {
    private Limits() {}

    /** @throws MaskRefused when it is not from {@code least} to {@code most} */
    static long within(String parameter, long given, long least, long most) {
        if (given < least || given > most) {
            throw new MaskRefused(parameter + " must be from " + least + " to " + most);
        }
        return given;
    }
}
