package dev.coppice.sysroot.kargs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cases that ostree's own tests of kernel arguments cover, and what its source says besides. */
class KernelArgsTest {
  @Test
  void wordsAreSeparatedByBlanksOutsideQuotes() {
    assertThat(KernelArgs.parse("  a=1  b \"c d\"=e f=\"1 2\" ").words())
        .containsExactly("a=1", "b", "\"c d\"=e", "f=\"1 2\"");
    assertThat(KernelArgs.parse("a=\"1 2").words()).containsExactly("a=\"1 2");
    assertThat(KernelArgs.parse(null).words()).isEmpty();
    assertThat(KernelArgs.parse("").words()).isEmpty();
  }

  @Test
  void keyEndsAtTheFirstEqualsSign() {
    KernelArgs args = KernelArgs.parse("root=LABEL=x quiet empty=");
    assertThat(args.lastValue("root")).contains("LABEL=x");
    assertThat(args.lastValue("quiet")).isEmpty();
    assertThat(args.lastValue("empty")).contains("");
    assertThat(args).hasToString("root=LABEL=x quiet empty=");
  }

  @Test
  void lineBreaksAreRefused() {
    assertThatThrownBy(() -> KernelArgs.NONE.append("a\nlinux /other"))
        .isInstanceOf(Failure.class)
        .hasMessage("Kernel argument with a line break: 'a\\nlinux'");
    assertThatThrownBy(() -> KernelArgs.NONE.replace("a\r"))
        .hasMessageStartingWith("Kernel argument with a line break");
  }

  @Test
  void replacingTakesThePlaceOfTheFirst() {
    KernelArgs args = KernelArgs.parse("a=1 b=2 a=3 c");
    assertThat(args.replace("a=9")).hasToString("a=9 b=2 c");
    assertThat(args.replace("d=4")).hasToString("a=1 b=2 a=3 c d=4");
    assertThat(args.replace("c=has blanks").words()).endsWith("c=has blanks");
  }

  @Test
  void appendingKeepsWhatIsThere() {
    assertThat(KernelArgs.parse("console=tty0").append("console=ttyS0 x"))
        .hasToString("console=tty0 console=ttyS0 x");
  }

  @Test
  void deletingNeedsTheValueWhereTheKeyStandsTwice() {
    KernelArgs args = KernelArgs.parse("a=1 b a=2 a c=5");
    assertThat(args.delete("b")).hasToString("a=1 a=2 a c=5");
    assertThat(args.delete("a=2")).hasToString("a=1 b a c=5");
    assertThat(args.delete("a")).as("the one without value").hasToString("a=1 b a=2 c=5");
    assertThat(args.delete("c")).hasToString("a=1 b a=2 a");
    assertThat(args.delete("c=5")).hasToString("a=1 b a=2 a");
    assertThatThrownBy(() -> args.delete("a=7")).hasMessage("No karg 'a=7' found");
    assertThatThrownBy(() -> args.delete("c=6")).hasMessage("No karg 'c=6' found");
    assertThatThrownBy(() -> args.delete("zz"))
        .isInstanceOf(Failure.class)
        .hasMessage("No key 'zz' found");
    assertThatThrownBy(() -> KernelArgs.parse("a=1 a=2").delete("a"))
        .hasMessage("Multiple values for key 'a' found");
  }

  @Test
  void deletingIfPresentAsksForTheKeyOnly() {
    KernelArgs args = KernelArgs.parse("a=1");
    assertThat(args.deleteIfPresent("b=2")).isEqualTo(args);
    assertThat(args.deleteIfPresent("a=1")).isEqualTo(KernelArgs.NONE);
    assertThatThrownBy(() -> args.deleteIfPresent("a=2")).hasMessage("No karg 'a=2' found");
  }

  @Test
  void listsAreAppliedInOrder() {
    assertThat(KernelArgs.NONE.appendAll(List.of("a=1", "b")).replaceAll(List.of("b=2", "a")))
        .hasToString("a b=2");
  }
}
