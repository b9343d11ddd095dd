package dev.coppice.sysroot.bls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class BootEntryTest {
  @Test
  void readsWhatItWrites() {
    String text =
        """
        title Test OS 1 (ostree:0)
        version 1
        options a=b ostree=/ostree/boot.1/os/c/0
        devicetree /d
        linux /k
        initrd /i
        initrd /overlay-1
        initrd /overlay-2
        fdtdir /dtb
        """;
    BootEntry entry = BootEntry.parse(text, "ostree-1.conf");
    assertThat(entry.text()).isEqualTo(text);
    assertThat(entry.overlays()).containsExactly("/overlay-1", "/overlay-2");
    assertThat(entry.get(BootEntry.OPTIONS)).contains("a=b ostree=/ostree/boot.1/os/c/0");
  }

  @Test
  void skipsWhatIsNoKeyWithValue() {
    BootEntry entry =
        BootEntry.parse("# comment\n\n title indented\nalone\ntitle\ttab\n1x y\nlinux  two\n", "x");
    assertThat(entry.text()).isEqualTo("title tab\nlinux  two\n");
  }

  @Test
  void keepsThePlaceOfKeysThatAreSetAgain() {
    BootEntry entry =
        BootEntry.EMPTY.with("x-one", "1").with("version", "2").with("x-one", "changed");
    assertThat(entry.text()).isEqualTo("version 2\nx-one changed\n");
    assertThat(entry).isEqualTo(BootEntry.parse(entry.text(), "other"));
  }

  /** What ostree 2026.4 made of an entry with forty more keys when it rewrote it twice. */
  private static final String ORDER =
      """
      x-key-5 x-key-37 x-key-11 x-key-27 x-key-21 x-key-32 x-key-17 x-key-22 \
      x-key-6 x-key-12 x-key-28 x-key-1 x-key-18 x-key-33 x-key-23 x-key-7 \
      x-key-39 x-key-13 x-key-29 x-key-2 x-key-19 fdtdir x-key-8 x-key-24 \
      x-key-14 x-key-3 x-key-34 x-key-35 x-key-40 x-key-9 x-key-25 x-key-15 \
      x-key-38 x-key-30 x-key-20 x-key-36 x-key-26 x-key-4 x-key-16 x-key-10 \
      x-key-31 \
      """;

  @Test
  void unknownKeysComeInTheOrderOfAHashTable() {
    var text = new StringBuilder("title t\nversion 1\noptions o\nlinux /k\ninitrd /i\nfdtdir /d\n");
    for (int i = 1; i <= 40; i++) {
      text.append("x-key-").append(i).append(" v\n");
    }
    String once = BootEntry.parse(text.toString(), "ostree-1.conf").text();
    BootEntry entry = BootEntry.parse(once, "ostree-1.conf");
    assertThat(entry.text().lines().skip(5).map(line -> line.split(" ")[0]))
        .containsExactly(ORDER.strip().split(" "));
  }

  @Test
  void appendedKeysReplaceAndAreKept() {
    SequencedMap<String, String> more = new LinkedHashMap<>();
    more.put("grub_users", "x");
    more.put("title", "other");
    assertThat(BootEntry.EMPTY.with("title", "t").withAll(more).text())
        .isEqualTo("title other\ngrub_users x\n");
  }

  @Test
  void countersAreReadFromTheNameOfTheFile() {
    assertThat(BootTries.ofFileName("ostree-1+3-2.conf")).isEqualTo(new BootTries(3, 2));
    assertThat(BootTries.ofFileName("ostree-1+3.conf")).isEqualTo(new BootTries(3, 0));
    assertThat(BootTries.ofFileName("ostree-1.conf")).isEqualTo(BootTries.NONE);
    assertThat(BootTries.ofFileName("ostree-1+-2.conf")).isEqualTo(BootTries.NONE);
    assertThat(BootTries.ofFileName("ostree-1+3-x.conf")).isEqualTo(BootTries.NONE);
    assertThat(BootTries.ofFileName("ostree-1+99999999999999999999.conf").left()).isEqualTo(-1);
  }

  @Test
  void filesAreNamedByNumberStaterootAndCounters() {
    BootEntry fresh = BootEntry.EMPTY;
    BootEntry counted = BootEntry.parse("", "ostree-1+2-1.conf");
    BootEntry good = BootEntry.parse("", "ostree-1.conf");
    var plain = new EntryNaming(false, 0);
    assertThat(plain.fileName(2, "os", fresh)).isEqualTo("ostree-2.conf");
    assertThat(plain.fileName(2, "os", counted)).isEqualTo("ostree-2.conf");
    assertThat(new EntryNaming(true, 0).fileName(2, "os", fresh)).isEqualTo("ostree-2-os.conf");
    var counting = new EntryNaming(false, 3);
    assertThat(counting.fileName(2, "os", fresh)).isEqualTo("ostree-2+3.conf");
    assertThat(counting.fileName(2, "os", counted)).isEqualTo("ostree-2+2-1.conf");
    assertThat(counting.fileName(2, "os", good)).isEqualTo("ostree-2.conf");
  }

  @Test
  void osReleaseIsUnquotedLikeAShellDoes() {
    OsRelease release =
        OsRelease.parse(
            "# no\nID=plain\nPRETTY_NAME=\"A \\\"b\\\" $c \\x\"\nX='it''s'\nBAD=\"open\nnothing\n");
    assertThat(release.title()).contains("A \"b\" $c \\x");
    assertThat(release.values())
        .containsEntry("X", "its")
        .containsEntry("ID", "plain")
        .doesNotContainKey("BAD");
    assertThat(OsRelease.parse("ID=x\n").title()).contains("x");
    assertThat(OsRelease.parse("").title()).isEmpty();
  }
}
