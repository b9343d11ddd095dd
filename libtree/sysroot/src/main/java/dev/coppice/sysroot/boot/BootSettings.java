package dev.coppice.sysroot.boot;

import dev.coppice.core.config.KeyFile;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.SysrootFlag;
import dev.coppice.sysroot.bls.EntryNaming;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The group {@code [sysroot]} of the repository's configuration. Source: {@code
 * reload_sysroot_config}.
 *
 * @param file the configuration
 */
public record BootSettings(KeyFile file) {
  private static final String GROUP = "sysroot";
  private static final int MOST_TRIES = 5;

  /** The settings of a sysroot. */
  public static BootSettings of(Sysroot sysroot) throws IOException {
    return new BootSettings(sysroot.repo().config().file());
  }

  /**
   * The boot loader.
   *
   * @throws Failure with {@link ErrorCode#CONFIG_INVALID} for a word that is none
   */
  public Bootloader bootloader() {
    String word = file.string(GROUP, "bootloader").orElse("auto");
    return Bootloader.of(word)
        .orElseThrow(
            () ->
                new Failure(
                    ErrorCode.CONFIG_INVALID,
                    "Invalid bootloader configuration: '" + word + "'",
                    "Set sysroot.bootloader in " + file.source() + " to auto or none."));
  }

  /** What stands before paths in boot entries: {@code /boot/} where /boot is no mount. */
  public String prefix() {
    return file.bool(GROUP, "bootprefix", false) ? "/boot/" : "/";
  }

  /** Attempts of a new entry, 0 when boots are not counted. */
  public int tries() {
    Optional<String> text = file.string(GROUP, "boot-counting-tries");
    if (text.isEmpty()) {
      return 0;
    }
    String digits = text.get();
    if (digits.length() != 1 || digits.charAt(0) < '0' || digits.charAt(0) > '0' + MOST_TRIES) {
      throw file.wrong(GROUP, "boot-counting-tries", digits, "a number from 0 to " + MOST_TRIES);
    }
    return digits.charAt(0) - '0';
  }

  /** How entry files are named. */
  EntryNaming naming(Sysroot sysroot) {
    return new EntryNaming(sysroot.flags().contains(SysrootFlag.BOOTLOADER_NAMING_1), tries());
  }

  /** Keys added to every entry but the default one. */
  SequencedMap<String, String> appended() {
    var values = new LinkedHashMap<String, String>();
    List<String> pairs = file.list(GROUP, "bls-append-except-default").orElse(List.of());
    for (String pair : pairs) {
      int eq = pair.indexOf('=');
      if (eq < 0) {
        throw file.wrong(
            GROUP,
            "bls-append-except-default",
            pair,
            "a list of the form \"key1=value1;key2=value2...\"");
      }
      values.put(pair.substring(0, eq), pair.substring(eq + 1));
    }
    return values;
  }
}
