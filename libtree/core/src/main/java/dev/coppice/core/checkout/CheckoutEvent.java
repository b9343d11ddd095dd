package dev.coppice.core.checkout;

/** What happens during a checkout. Events come one at a time, but from any thread. */
public sealed interface CheckoutEvent {
  /**
   * More files are done. How many there are nobody knows before the end, because directories are
   * read when it is their turn.
   *
   * @param files made, kept or left out
   * @param bytes of content that were copied; links copy none
   */
  record Advanced(long files, long bytes) implements CheckoutEvent {}
}
