package dev.coppice.transfer.delta.plan;

import dev.coppice.sign.Signer;
import dev.coppice.transfer.summary.SummaryRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Deltas of a configuration file.
 *
 * @param name of the section
 * @param repo whose deltas are kept
 * @param policy which are wanted
 * @param logs of the server, which tell what clients use
 * @param form how new deltas are made
 * @param signers what signs the summary
 * @param check how often a server looks whether there are new commits
 */
public record ConfiguredDeltas(
    String name,
    Path repo,
    DeltaPolicy policy,
    List<Path> logs,
    DeltaPublishRequest.Form form,
    List<Signer> signers,
    Duration check) {
  /** Copies the lists. */
  public ConfiguredDeltas {
    logs = List.copyOf(logs);
    signers = List.copyOf(signers);
  }

  /** What clients asked for so far; the logs are read anew. */
  public Demand demand() throws IOException {
    Demand demand = Demand.NONE;
    for (Path log : logs) {
      demand = demand.and(Demand.ofLog(log));
    }
    return demand;
  }

  /** What is to be done now. */
  public DeltaPublishRequest request() throws IOException {
    SummaryRequest plain = SummaryRequest.plain();
    return new DeltaPublishRequest(
        policy, demand(), form, new SummaryRequest(plain.metadata(), signers, plain.times()));
  }
}
