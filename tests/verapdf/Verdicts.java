import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Asks veraPDF whether files follow standards. Arguments: the flavours, joined by commas ("ua1,2a"), then the files.
 * Prints a line for each file and flavour, "verdict TAB flavour TAB true|false TAB checks TAB file", and for each rule
 * that is broken "broken TAB clause TAB times TAB the first place". Fails only where a file cannot be examined.
 */
public final class Verdicts {
    private Verdicts() {
    }

    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (int place = 1; place < arguments.length; place++) {
            for (String flavour : arguments[0].split(",")) {
                examine(arguments[place], PDFAFlavour.fromString(flavour));
            }
        }
    }

    private static void examine(String file, PDFAFlavour flavour) throws Exception {
        try (InputStream in = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            System.out.println(String.join("\t", "verdict", flavour.getId(), "" + result.isCompliant(),
                    "" + result.getTotalAssertions(), file));
            Map<String, Integer> times = new TreeMap<>();
            Map<String, String> first = new TreeMap<>();
            for (TestAssertion one : result.getTestAssertions()) {
                if (one.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber();
                    times.merge(rule, 1, Integer::sum);
                    first.putIfAbsent(rule, one.getMessage() + " | " + one.getErrorMessage() + " | "
                            + one.getLocation().getContext());
                }
            }
            times.forEach((rule, count) -> System.out.println(
                    String.join("\t", "broken", rule, "" + count, first.get(rule).replaceAll("\\s+", " "))));
        }
    }
}
