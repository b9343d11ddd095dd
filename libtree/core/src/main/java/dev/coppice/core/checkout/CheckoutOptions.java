package dev.coppice.core.checkout;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How to check out. Start from {@link #DEFAULT} and change what is to differ. */
public record CheckoutOptions(
    CheckoutMode mode,
    Overwrite overwrite,
    Linking linking,
    Set<CheckoutFlag> flags,
    CheckoutHooks hooks) {
  /** As recorded, into a directory that does not exist, by hard link where possible. */
  public static final CheckoutOptions DEFAULT =
      new CheckoutOptions(
          CheckoutMode.AS_RECORDED,
          Overwrite.REFUSE,
          Linking.PREFERRED,
          Set.of(),
          CheckoutHooks.NONE);

  /** Copies the set. */
  public CheckoutOptions {
    flags = Set.copyOf(flags);
  }

  /** These options with another mode. */
  public CheckoutOptions with(CheckoutMode changed) {
    return new CheckoutOptions(changed, overwrite, linking, flags, hooks);
  }

  /** These options with another treatment of what exists. */
  public CheckoutOptions with(Overwrite changed) {
    return new CheckoutOptions(mode, changed, linking, flags, hooks);
  }

  /** These options with another way of linking. */
  public CheckoutOptions with(Linking changed) {
    return new CheckoutOptions(mode, overwrite, changed, flags, hooks);
  }

  /** These options with flags added. */
  public CheckoutOptions with(CheckoutFlag... added) {
    Set<CheckoutFlag> all =
        Stream.concat(flags.stream(), Arrays.stream(added)).collect(Collectors.toSet());
    return new CheckoutOptions(mode, overwrite, linking, all, hooks);
  }

  /** These options with other hooks. */
  public CheckoutOptions with(CheckoutHooks changed) {
    return new CheckoutOptions(mode, overwrite, linking, flags, changed);
  }

  /** Whether a flag is set. */
  public boolean has(CheckoutFlag flag) {
    return flags.contains(flag);
  }
}
