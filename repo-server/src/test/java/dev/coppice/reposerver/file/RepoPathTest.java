package dev.coppice.reposerver.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What exists for the outside, and what does not. */
class RepoPathTest {
  private static final String HEX = "0123456789abcdef".repeat(4);
  private static final String BASE64 = "KxZ+_a" + "0123456789".repeat(3) + "0123456";

  /**
   * In the tables HEX is a checksum, B64 one in base64, and with a slash it is split as on disk.
   */
  private static String full(String path) {
    return path.replace("HE/X", HEX.substring(0, 2) + "/" + HEX.substring(2))
        .replace("HEX", HEX)
        .replace("B/64", BASE64.substring(0, 2) + "/" + BASE64.substring(2))
        .replace("B64", BASE64);
  }

  @ParameterizedTest
  @CsvSource({
    "objects/HE/X.filez, OBJECT",
    "objects/HE/X.dirtree, OBJECT",
    "objects/HE/X.dirmeta, OBJECT",
    "objects/HE/X.commit, OBJECT",
    "objects/HE/X.commitmeta, DETACHED",
    "objects/HE/X.tombstone-commit, DETACHED",
    "summary, SUMMARY",
    "summary.sig, SUMMARY",
    "summary.idx, SUMMARY",
    "summary.idx.sig, SUMMARY",
    "summaries/HEX.idx.sig, SUMMARY",
    "summaries/HEX.gz, SUBSUMMARY",
    "summaries/HEX-HEX.delta, SUBSUMMARY",
    "deltas/B/64/superblock, DELTA",
    "deltas/B/64/0, DELTA",
    "deltas/B/64-B64/117, DELTA",
    "delta-indexes/B/64.index, DELTA_INDEX",
    "refs/heads/os, REF",
    "refs/heads/my/os-1.0/x86_64, REF",
    "refs/mirrors/org.example.Os/my/os, REF",
    "config, CONFIG"
  })
  void serves(String path, FileKind kind) {
    assertThat(RepoPath.parse(full(path))).contains(new RepoPath(full(path), kind));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/config",
        "config/",
        "config.bak",
        "config~",
        ".config",
        "CONFIG",
        ".lock",
        "state/HEX.commitpartial",
        "tmp/x",
        "tmp/cache/summaries/r",
        "extensions/x",
        "r.trustedkeys.gpg",
        "r.cookies.txt",
        "key.pem",
        ".htpasswd",
        "objects",
        "objects/",
        "objects/HE/X",
        "objects/HE/X.file",
        "objects/HE/X.filezz",
        "objects/HE/X.file-xattrs",
        "objects/HE/X.payload-link",
        "objects/HE/X.filez/",
        "objects/HE/X.filez\n",
        "objects/HE/../HE/X.filez",
        "objects/HEX.filez",
        "objects/AA/X.filez",
        "objects//HE/X.filez",
        "./objects/HE/X.filez",
        "../repo/config",
        "summary.tmp",
        "summaries/",
        "summaries/HEX",
        "summaries/../config",
        "deltas/B/64/",
        "deltas/B/64/../superblock",
        "deltas/B/64/superblock.bak",
        "deltas/B/64-/superblock",
        "deltas/B/64/9999999999",
        "delta-indexes/B/64",
        "refs",
        "refs/heads",
        "refs/heads/",
        "refs/heads/.hidden",
        "refs/heads/os/.lock",
        "refs/heads/../../config",
        "refs/heads/os/../../../config",
        "refs/heads//os",
        "refs/heads/os/",
        "refs/remotes/r/os",
        "refs/mirrors/os/../../../config",
        "uncompressed-objects-cache/HE/X"
      })
  void hides(String path) {
    assertThat(RepoPath.parse(full(path))).isEmpty();
  }

  @Test
  void hidesWhatIsTooLong() {
    assertThat(RepoPath.parse("refs/heads/" + "a".repeat(2000))).isEmpty();
  }
}
