package dev.coppice.core.selinux;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The labels that the policy of a root file system gives. Immutable; for several threads. */
public final class SelinuxPolicy {
  private static final String CONTEXTS = "/contexts/files/file_contexts";

  private final String directory;
  private final FileContexts contexts;
  private final PathSubstitutions local;
  private final PathSubstitutions distribution;

  private SelinuxPolicy(String directory, PolicyFiles files) throws IOException {
    this.directory = directory;
    List<FileSpec> lines = new ArrayList<>();
    for (String suffix : List.of("", ".homedirs", ".local")) {
      for (String line : text(files, directory + CONTEXTS + suffix).split("\n", -1)) {
        FileSpec spec = FileSpec.parse(line);
        if (spec != null) {
          lines.add(spec);
        }
      }
    }
    this.contexts = new FileContexts(lines);
    this.local = new PathSubstitutions(text(files, directory + CONTEXTS + ".subs"));
    this.distribution = new PathSubstitutions(text(files, directory + CONTEXTS + ".subs_dist"));
  }

  private static String text(PolicyFiles files, String path) throws IOException {
    byte[] bytes = files.read(path);
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * The policy that the configuration of a root names, or empty when there is none or SELinux is
   * disabled there: then nothing is labeled. Source: {@code ostree_sepolicy_new_at}.
   *
   * @throws Failure when there is one and it cannot be used
   */
  public static Optional<SelinuxPolicy> load(PolicyFiles files) throws IOException {
    String base = files.exists("etc/selinux") ? "etc/selinux" : "usr/etc/selinux";
    String type = "";
    boolean enabled = false;
    for (String line : text(files, base + "/config").split("\n", -1)) {
      if (line.startsWith("SELINUXTYPE=")) {
        type = line.substring("SELINUXTYPE=".length()).strip();
      } else if (line.startsWith("SELINUX=")) {
        String state = line.substring("SELINUX=".length()).toLowerCase(Locale.ROOT);
        enabled |= state.startsWith("enforcing") || state.startsWith("permissive");
      }
    }
    if (!enabled) {
      return Optional.empty();
    }
    String directory = base + "/" + type;
    if (!files.exists(directory + CONTEXTS)) {
      throw unusable(directory, "selabel_open(SELABEL_CTX_FILE): No such file or directory");
    }
    var policy = new SelinuxPolicy(directory, files);
    if (policy.label("/", 0) == null) {
      throw unusable(directory, "Failed to look up context of /");
    }
    if (files.list(directory + "/policy").stream().noneMatch(n -> n.matches("policy\\.[0-9]+"))) {
      throw unusable(
          directory, "While calculating SELinux checksum: Could not find binary policy file");
    }
    return Optional.of(policy);
  }

  private static Failure unusable(String directory, String reason) {
    return new Failure(
        ErrorCode.INPUT_INVALID,
        "With policy root '" + directory + "': " + reason,
        "The configuration of the root names a policy that is not complete: install it, or set"
            + " SELINUX=disabled there.");
  }

  /**
   * The label of a path, or null when the policy has none for it.
   *
   * @param path absolute, with the root of the tree as /
   * @param mode type of the file; 0 when it is not known
   * @throws Failure when an expression of the policy cannot be read
   */
  public @Nullable String label(String path, int mode) {
    // Labels of /proc itself belong to the mounted file system; ostree asks for a plain directory.
    String looked = path.equals("/proc") ? "/mnt" : path;
    String replaced = distribution.apply(local.apply(looked));
    try {
      FileSpec found = contexts.find(replaced, mode);
      return found == null ? null : found.label();
    } catch (PatternSyntaxException e) {
      throw new Failure(
          ErrorCode.INPUT_INVALID,
          "Expression '" + e.getPattern() + "' in " + directory + ": " + e.getDescription(),
          "Correct the line of file_contexts.",
          e);
    }
  }
}
