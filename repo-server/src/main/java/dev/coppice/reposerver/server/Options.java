package dev.coppice.reposerver.server;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line as given: names and values, not yet looked into. */
final class Options {
  private static final Set<String> FLAGS = Set.of("--help", "-h", "--version");
  private static final Set<String> VALUES =
      Set.of(
          "--repo",
          "--listen",
          "--tls-cert",
          "--tls-key",
          "--tokens",
          "--allow",
          "--metrics-allow",
          "--trusted-proxy",
          "--access-log",
          "--access-log-format",
          "--mirrors",
          "--deltas",
          "--cache-size",
          "--max-connections",
          "--stop-timeout");

  private final Map<String, List<String>> given = new HashMap<>();

  /**
   * Reads {@code --name=value} and {@code --name value}.
   *
   * @throws Failure for an option that does not exist, and for anything else
   */
  static Options parse(List<String> arguments) {
    var options = new Options();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (FLAGS.contains(argument)) {
        options.add(name, "");
      } else if (!VALUES.contains(name)) {
        throw usage(
            argument.startsWith("-")
                ? "Unknown option " + name
                : "Unexpected argument '" + argument + "'");
      } else if (equals >= 0) {
        options.add(name, argument.substring(equals + 1));
      } else if (i + 1 < arguments.size()) {
        options.add(name, arguments.get(++i));
      } else {
        throw usage("Option " + name + " needs a value");
      }
    }
    return options;
  }

  /** The names of all options. */
  static Set<String> names() {
    return Stream.concat(FLAGS.stream(), VALUES.stream()).collect(Collectors.toUnmodifiableSet());
  }

  private void add(String name, String value) {
    given.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
  }

  /** Whether it was given. */
  boolean has(String name) {
    return given.containsKey(name);
  }

  /** All values, in their order. */
  List<String> all(String name) {
    return List.copyOf(given.getOrDefault(name, List.of()));
  }

  /**
   * The value of an option that may be given once.
   *
   * @throws Failure when it was given again
   */
  Optional<String> one(String name) {
    List<String> values = all(name);
    if (values.size() > 1) {
      throw usage("Option " + name + " was given twice");
    }
    return values.stream().findFirst();
  }

  static Failure usage(String message) {
    return new Failure(
        ErrorCode.USAGE, message, "See 'coppice-repo-server --help' and coppice-repo-server(1).");
  }
}
