package dev.coppice.testdata;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes of this JVM's own kind, with the class path of the running test. */
public final class Jvm {
  private Jvm() {}

  /**
   * The command line that runs a class.
   *
   * @param options of the JVM, beside those for native access and the class path
   */
  public static List<String> command(List<String> options, Class<?> main, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.add("--enable-native-access=ALL-UNNAMED");
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    line.addAll(List.of(arguments));
    return line;
  }
}
