package dev.coppice.sign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.testdata.Programs;
import dev.coppice.testdata.Requirement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Base64 as GLib reads it, compared with the JDK's and with GLib itself. */
class Base64TextTest {
  @Property
  void readsWhatIsEncoded(@ForAll byte[] bytes) {
    assertThat(Base64Text.decode(Base64.getEncoder().encodeToString(bytes))).isEqualTo(bytes);
    assertThat(Base64Text.decode(Base64.getMimeEncoder().encodeToString(bytes))).isEqualTo(bytes);
  }

  @Property
  void whatDoesNotBelongToItIsPassedOver(
      @ForAll byte[] bytes, @ForAll @CharRange(from = ' ', to = '*') String noise) {
    String text = Base64.getEncoder().encodeToString(bytes);
    var mixed = new StringBuilder(noise);
    for (int i = 0; i < text.length(); i++) {
      mixed.append(text.charAt(i)).append(noise);
    }
    assertThat(Base64Text.decode(mixed.toString())).isEqualTo(bytes);
  }

  @Property
  void anyTextCanBeRead(@ForAll @StringLength(max = 40) String text) {
    assertThat(Base64Text.decode(text)).hasSizeLessThanOrEqualTo(text.length());
  }

  @Test
  void padsAndRests() {
    assertThat(Base64Text.decode("QQ==QQ==")).asString().isEqualTo("AA");
    assertThat(Base64Text.decode("QQ")).as("not a whole group").isEmpty();
    assertThat(Base64Text.decode("QUJDRE")).asString().isEqualTo("ABC");
    assertThat(Base64Text.decode("=AAA")).hasSize(3);
    assertThat(Base64Text.decode("-_\u00c4\u0100")).isEmpty();
  }

  @Test
  void sameAsGlib() {
    Requirement.check(
        Programs.run("/usr/bin/python3", "-c", "from gi.repository import GLib").exit() == 0,
        "needs GLib for Python: apt-get install python3-gi gir1.2-glib-2.0");
    var random = new Random(4);
    List<String> texts = new ArrayList<>();
    String letters = "ABCDwxyz0189+/==== !\u007f-_\t";
    for (int i = 0; i < 500; i++) {
      var text = new StringBuilder();
      int length = random.nextInt(14);
      for (int j = 0; j < length; j++) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      texts.add(text.toString());
    }
    String script =
        "import sys\n"
            + "from gi.repository import GLib\n"
            + "for text in sys.argv[1:]:\n"
            + "  print('x' + GLib.base64_decode(text).hex())\n";
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-c", script));
    command.addAll(texts);
    List<String> theirs =
        Programs.run(command, Path.of("").toAbsolutePath(), Map.of()).ok().lines();
    List<String> ours =
        texts.stream()
            .map(text -> "x" + HexFormat.of().formatHex(Base64Text.decode(text)))
            .toList();
    assertThat(ours).isEqualTo(theirs);
  }
}
