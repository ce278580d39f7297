package dev.caravan.mask;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Every masker by its name: the built-in ones, and those that a jar on the class path brings. Immutable. */
public final class Maskers {
    /** One line each, in the order of the documentation. */
    private static final List<Masker> BUILT_IN = List.of(
            new KeepMasker(),
            new NullMasker(),
            new DefaultMasker(),
            new FixedMasker(),
            new EmailMasker(),
            new FirstNameMasker(),
            new LastNameMasker(),
            new FullNameMasker(),
            new TokenMasker(),
            new LoremMasker(),
            new PartialMasker(),
            new PhoneMasker(),
            new AddressMasker(),
            new StreetMasker(),
            new CityMasker(),
            new PostcodeMasker(),
            new CoordinatesMasker(),
            new IntegerIdMasker(),
            new UuidMasker(),
            new DateShiftMasker(),
            new DateTruncateMasker(),
            new DateNoiseMasker(),
            new DateRandomMasker(),
            new FormatPreservingMasker(),
            new JsonMasker(),
            new CardMasker(),
            new IbanMasker(),
            new NumberNoiseMasker(),
            new NumberRandomMasker(),
            new NumberRoundMasker(),
            new BooleanMasker(),
            new EnumMasker(),
            new BytesMasker(),
            new ChoiceMasker(),
            new DictionaryMasker(),
            new LookupMasker(),
            new RegexReplaceMasker(),
            new TemplateMasker(),
            new PasswordMasker(),
            new SecretMasker(),
            new CompanyMasker(),
            new JobTitleMasker(),
            new UserNameMasker(),
            new UrlMasker(),
            new IpMasker(),
            new MacMasker(),
            new UserAgentMasker(),
            new BicMasker(),
            new NationalIdMasker(),
            new GeneraliseMasker());

    private final Map<String, Masker> byName = new TreeMap<>();

    private Maskers(Collection<Masker> maskers) {
        for (Masker masker : maskers) {
            if (byName.put(masker.name(), masker) != null) {
                throw new IllegalArgumentException("two maskers are called " + masker.name());
            }
        }
    }

    /** @throws IllegalArgumentException when two have the same name */
    public static Maskers load() {
        List<Masker> all = new ArrayList<>(BUILT_IN);
        ServiceLoader.load(Masker.class).forEach(all::add);
        return new Maskers(all);
    }

    /** These and no others. @throws IllegalArgumentException when two have the same name */
    public static Maskers of(Collection<Masker> maskers) {
        return new Maskers(maskers);
    }

    public Optional<Masker> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All of them, by name. */
    public Collection<Masker> all() {
        return byName.values();
    }
}
