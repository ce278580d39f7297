package dev.caravan.job;

import dev.caravan.schema.CaravanException;
import java.time.Clock;

/** Another process that opens the store at the URL it is given and says how that went. */
final class OpensStore {
    private OpensStore() {}

    public static void main(String[] args) {
        try (Store store = Store.open(StorePlace.settings(args[0], "", "", "node-2", 100), Clock.systemUTC())) {
            System.out.println("opened");
        } catch (CaravanException e) {
            System.out.println(e.code());
        }
    }
}
