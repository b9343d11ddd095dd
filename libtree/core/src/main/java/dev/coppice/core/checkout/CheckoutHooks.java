package dev.coppice.core.checkout;

/**
 * Code of the caller that takes part in a checkout.
 *
 * @param labels where it is not {@link Labels#NONE}, files must be copies
 * @param labelPrefix what stands before the paths given to {@code labels}; empty for the path of
 *     the subtree that is checked out
 */
public record CheckoutHooks(
    CheckoutFilter filter, LinkListener links, Labels labels, String labelPrefix) {
  /** None. */
  public static final CheckoutHooks NONE =
      new CheckoutHooks(CheckoutFilter.NONE, LinkListener.NONE, Labels.NONE, "");

  /** Only labels, by the path below a prefix. */
  public static CheckoutHooks labelling(Labels labels, String prefix) {
    return new CheckoutHooks(CheckoutFilter.NONE, LinkListener.NONE, labels, prefix);
  }
}
