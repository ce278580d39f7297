package dev.caravan.rest;

import dev.caravan.mask.Masker;
import dev.caravan.mask.Parameter;
import dev.caravan.mask.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a masker says of itself; uniqueness is that of its example's parameters. */
record MaskerView(
        String name,
        String description,
        List<ParameterView> parameters,
        List<String> accepts,
        String uniqueness,
        ExampleView example) {
    record ParameterView(
            String name,
            String type,
            String description,
            Optional<Object> defaultValue,
            boolean required,
            List<String> choices) {
        static ParameterView of(Parameter parameter) {
            return new ParameterView(
                    parameter.name(),
                    word(parameter.type()),
                    parameter.description(),
                    parameter.defaultValue(),
                    parameter.required(),
                    parameter.choices());
        }
    }

    /** Parameters, a column's type, and a made-up value. */
    record ExampleView(Map<String, Object> parameters, String type, String before) {}

    static MaskerView of(Masker masker) {
        Masker.Example example = masker.example();
        Settings settings = Settings.check(masker, example.parameters(), new ArrayList<>());
        return new MaskerView(
                masker.name(),
                masker.description(),
                masker.parameters().stream().map(ParameterView::of).toList(),
                masker.accepts().stream().sorted().map(MaskerView::word).toList(),
                word(masker.uniqueness(settings)),
                new ExampleView(example.parameters(), example.type(), example.before()));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
