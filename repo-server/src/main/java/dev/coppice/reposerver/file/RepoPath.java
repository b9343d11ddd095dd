package dev.coppice.reposerver.file;

import dev.coppice.core.ref.RefName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A path inside a repository that clients may read.
 *
 * <p>What is allowed is listed; everything else does not exist for the outside, whatever lies in
 * the directory: state, locks, temporary files, keys, cookies, dotfiles. Source of the names:
 * {@code _ostree_loose_path}, {@code _ostree_get_relative_static_delta_path}, {@code
 * fetch_ref_contents} of ostree; {@code flatpak_repo_update} of flatpak for the indexed summaries.
 *
 * @param path relative, with slashes, without a leading one
 */
public record RepoPath(String path, FileKind kind) {
  private static final String HEX = "[0-9a-f]";

  /** A checksum in base64 with {@code _} for the slash: two characters, a slash, 41 more. */
  private static final String SPLIT_BASE64 = "[A-Za-z0-9+_]{2}/[A-Za-z0-9+_]{41}";

  /** Longer ones are not valid names of files, or of refs that anybody has. */
  private static final int LONGEST = 1024;

  private static final List<Form> FORMS =
      List.of(
          form(FileKind.OBJECT, "objects/HH/H{62}\\.(filez|dirtree|dirmeta|commit)"),
          form(FileKind.DETACHED, "objects/HH/H{62}\\.(commitmeta|tombstone-commit)"),
          form(FileKind.SUMMARY, "summary(\\.sig|\\.idx|\\.idx\\.sig)?"),
          form(FileKind.SUMMARY, "summaries/H{64}\\.idx(\\.sig)?"),
          form(FileKind.SUBSUMMARY, "summaries/(H{64}\\.gz|H{64}-H{64}\\.delta)"),
          form(
              FileKind.DELTA,
              "deltas/" + SPLIT_BASE64 + "(-[A-Za-z0-9+_]{43})?/(superblock|[0-9]{1,9})"),
          form(FileKind.DELTA_INDEX, "delta-indexes/" + SPLIT_BASE64 + "\\.index"),
          form(FileKind.CONFIG, "config"));

  private static final String HEADS = "refs/heads/";
  private static final String MIRRORS = "refs/mirrors/";

  private record Form(FileKind kind, Pattern pattern) {}

  private static Form form(FileKind kind, String pattern) {
    return new Form(
        kind, Pattern.compile(pattern.replace("HH", HEX + HEX).replace("H{", HEX + "{")));
  }

  /**
   * The path as what it names, or empty when nothing of this name is served.
   *
   * @param path relative to the repository, decoded
   */
  public static Optional<RepoPath> parse(String path) {
    if (path.length() > LONGEST) {
      return Optional.empty();
    }
    for (Form form : FORMS) {
      if (form.pattern.matcher(path).matches()) {
        return Optional.of(new RepoPath(path, form.kind));
      }
    }
    return isRef(path) ? Optional.of(new RepoPath(path, FileKind.REF)) : Optional.empty();
  }

  private static boolean isRef(String path) {
    if (path.startsWith(HEADS)) {
      return RefName.isValid(path.substring(HEADS.length()));
    }
    // A collection is as much a valid name of a ref as its refs are.
    return path.startsWith(MIRRORS) && RefName.isValid(path.substring(MIRRORS.length()));
  }
}
