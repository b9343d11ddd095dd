package dev.coppice.reposerver.access;

import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides who may read. Any thread may ask. */
public final class Gate {
  private final AddressList addresses;
  private final AddressList metrics;
  private final Callers callers;
  private volatile @Nullable Tokens tokens;

  /** What the gate says. */
  public enum Verdict {
    /** Come in. */
    OPEN,
    /** Not from this address. */
    FORBIDDEN,
    /** Not without a token. */
    UNKNOWN
  }

  /**
   * @param addresses that may read at all
   * @param metrics those of them that may read the metrics, without a token
   * @param callers who finds out from whom a request is
   * @param tokens that readers need; empty when they need none
   */
  public Gate(
      AddressList addresses, AddressList metrics, Callers callers, Optional<Tokens> tokens) {
    this.addresses = addresses;
    this.metrics = metrics;
    this.callers = callers;
    this.tokens = tokens.orElse(null);
  }

  /** Who finds out from whom a request is. */
  public Callers callers() {
    return callers;
  }

  /** Takes other tokens from now on. */
  public void replace(Tokens others) {
    tokens = others;
  }

  /** Whether a request for a file or page may be answered. */
  public Verdict check(SocketAddress caller, @Nullable String authorization) {
    if (!addresses.contains(caller)) {
      return Verdict.FORBIDDEN;
    }
    Tokens known = tokens;
    return known == null || known.name(authorization).isPresent() ? Verdict.OPEN : Verdict.UNKNOWN;
  }

  /** Whether the metrics may be shown. */
  public boolean allowsMetrics(SocketAddress caller) {
    return addresses.contains(caller) && metrics.contains(caller);
  }

  /** The name of a request's token, for the log. */
  public Optional<String> reader(@Nullable String authorization) {
    Tokens known = tokens;
    return known == null || authorization == null ? Optional.empty() : known.name(authorization);
  }
}
