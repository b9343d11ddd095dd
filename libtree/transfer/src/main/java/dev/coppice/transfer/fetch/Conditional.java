package dev.coppice.transfer.fetch;

/** What came of asking for a file that was fetched before. */
public sealed interface Conditional {
  /** It is as it was. */
  record NotModified() implements Conditional {}

  /** It is not there any more. */
  record Missing() implements Conditional {}

  /** It is another now. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier for one caller, never compared
  record Fresh(byte[] bytes, Validators validators) implements Conditional {}
}
