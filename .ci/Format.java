import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Checks ("check") or rewrites ("write") every Java source below a directory with
 * google-java-format.
 *
 * <p>One process for the whole checkout: started by Maven from the root, on the JDK of the
 * toolchain.
 */
class Format {
  public static void main(String[] args) throws IOException {
    boolean write = args[0].equals("write");
    Path root = Path.of(args[1]);
    List<Path> sources;
    try (var walk = Files.walk(root)) {
      sources =
          walk.filter(p -> p.toString().endsWith(".java"))
              .filter(p -> !root.relativize(p).toString().contains("target/"))
              .sorted()
              .toList();
    }
    var unformatted = new AtomicInteger();
    sources.parallelStream()
        .forEach(
            source -> {
              try {
                String before = Files.readString(source);
                String after = format(before);
                if (after.equals(before)) {
                  return;
                }
                if (write) {
                  Files.writeString(source, after);
                } else {
                  unformatted.incrementAndGet();
                  System.err.println("not formatted: " + root.relativize(source));
                }
              } catch (Exception e) {
                unformatted.incrementAndGet();
                System.err.println(root.relativize(source) + ": " + e.getMessage());
              }
            });
    if (unformatted.get() > 0) {
      System.err.println("Format them with: mvn -N process-sources -Dcoppice.format=write");
      System.exit(1);
    }
  }

  private static String format(String source) throws Exception {
    var formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    String ordered = ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.GOOGLE);
    return formatter.formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
  }
}
