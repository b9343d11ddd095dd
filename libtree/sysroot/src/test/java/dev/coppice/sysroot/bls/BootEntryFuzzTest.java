package dev.coppice.sysroot.bls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coppice.posix.PosixNames;
import dev.coppice.sysroot.kargs.KernelArgs;

/** Whatever bytes are read as a boot entry, a command line or os-release: nothing is lost. */
class BootEntryFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void whatIsWrittenReadsTheSame(byte[] bytes) {
    String text = PosixNames.decode(bytes);
    BootEntry entry = BootEntry.parse(text, "ostree-1+3-2.conf");
    assertThat(BootEntry.parse(entry.text(), "ostree-1.conf")).isEqualTo(entry);
    // A command line has no line breaks, and one with them is refused.
    KernelArgs args =
        KernelArgs.parse(entry.get(BootEntry.OPTIONS).orElse(text.replace('\n', ' ')));
    assertThat(KernelArgs.parse(args.toString())).isEqualTo(args);
    assertThat(args.replace("ostree=x").lastValue("ostree")).contains("x");
    BootTries tries = BootTries.ofFileName(text);
    assertThat(tries.isNone()).isEqualTo(tries.equals(BootTries.NONE));
    assertThat(OsRelease.parse(text).values()).doesNotContainValue(null);
  }
}
