package dev.coppice.transfer.delta.plan;

import dev.coppice.sign.Signer;
import dev.coppice.transfer.delta.generate.GenerateRequest;
import dev.coppice.transfer.summary.SummaryRequest;
import java.util.List;

/**
 * Deltas to bring up to date.
 *
 * @param policy which are wanted
 * @param demand what clients asked for so far
 * @param form how new deltas are made
 * @param summary what is in the summary that leads clients to them
 */
public record DeltaPublishRequest(
    DeltaPolicy policy, Demand demand, Form form, SummaryRequest summary) {
  /**
   * How deltas are made.
   *
   * @param limits on sizes
   * @param filter what executables are prepared with
   * @param signers what signs superblocks; none for deltas without signatures
   */
  public record Form(
      GenerateRequest.Limits limits,
      GenerateRequest.ExecutableFilter filter,
      List<Signer> signers) {
    /** As a delta is made when nothing is said. */
    public static final Form STANDARD =
        new Form(
            GenerateRequest.Limits.STANDARD, GenerateRequest.Form.STANDARD.filter(), List.of());

    /** Copies the list. */
    public Form {
      signers = List.copyOf(signers);
    }
  }
}
