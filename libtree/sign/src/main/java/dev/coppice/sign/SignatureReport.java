package dev.coppice.sign;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of the signatures of some bytes.
 *
 * @param verdicts one for each signature that was looked at
 * @param message the outcome in words, as the real tool has it
 */
public record SignatureReport(List<SignatureVerdict> verdicts, String message) {
  /** The report when nothing was asked for. */
  public static final SignatureReport NONE = new SignatureReport(List.of(), "");

  public SignatureReport {
    verdicts = List.copyOf(verdicts);
  }

  /** Whether at least one signature is good. */
  public boolean accepted() {
    return verdicts.stream().anyMatch(verdict -> verdict.status() == SignatureStatus.GOOD);
  }

  /**
   * This report, if a signature is good.
   *
   * @throws Failure with the code and the explanation of the last signature, which most probably is
   *     the newest
   */
  public SignatureReport requireAccepted() {
    if (accepted()) {
      return this;
    }
    if (verdicts.isEmpty()) {
      throw new Failure(
          ErrorCode.SIGNATURE_MISSING, message, "It is not signed: ask its publisher to sign it");
    }
    SignatureStatus status = verdicts.getLast().status();
    throw new Failure(status.code(), message, status.explanation());
  }

  /** Both reports in one. */
  public SignatureReport and(SignatureReport other) {
    List<SignatureVerdict> all = new ArrayList<>(verdicts);
    all.addAll(other.verdicts);
    String joined = message.isEmpty() ? other.message : message + "\n" + other.message;
    return new SignatureReport(all, other.message.isEmpty() ? message : joined);
  }
}
