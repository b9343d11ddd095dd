package dev.coppice.reposerver.web;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.reposerver.web.html.Html;
import dev.coppice.reposerver.web.html.Table;
import dev.coppice.reposerver.web.html.Table.Column;
import dev.coppice.sign.SignatureStatus;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.SignatureVerdict;
import dev.coppice.sign.Signatures;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What is known of a commit's signatures, in plain words. */
record SignatureSection(Site site) {
  void write(Html html, Checksum commit, byte[] bytes) throws IOException {
    html.newline().leaf("h2", "Signatures");
    List<SignatureCheck.Findings> all;
    try {
      Optional<byte[]> detached = site.repo().loadDetachedMetadata(commit);
      all = site.signatures().of(bytes, Signatures.parse(detached));
    } catch (TreeException e) {
      html.leaf("p", "The signatures cannot be read: " + e.getMessage() + ".", "class", "note bad");
      return;
    }
    if (all.isEmpty()) {
      html.leaf("p", "This commit is not signed.");
      return;
    }
    try (var table =
        new Table(
            html,
            "Signatures of this commit",
            Column.of("Type"),
            Column.of("Finding"),
            Column.of("Key"),
            Column.of("Made"))) {
      for (SignatureCheck.Findings findings : all) {
        rows(html, table, findings);
      }
    }
    html.leaf(
        "p",
        "Judged by the keys that this server has. What counts is what your own machine finds when"
            + " it pulls, by the keys that you trust.",
        "class",
        "hint");
  }

  private static void rows(Html html, Table table, SignatureCheck.Findings findings) {
    for (SignatureVerdict verdict : findings.verdicts()) {
      try (var _ = table.row()) {
        html.leaf("th", type(findings.type()), "scope", "row");
        boolean good = verdict.status() == SignatureStatus.GOOD;
        String style = good ? "good" : isOpen(verdict) ? "open" : "bad";
        html.leaf("td", finding(verdict), "class", style);
        try (var _ = table.cell()) {
          key(html, verdict);
        }
        try (var _ = table.cell()) {
          verdict.made().ifPresent(made -> Texts.date(html, made.getEpochSecond()));
        }
      }
    }
    int judged = findings.verdicts().size();
    if (findings.verdicts().isEmpty() || findings.count() > judged) {
      try (var _ = table.row()) {
        html.leaf("th", type(findings.type()), "scope", "row");
        String more = Texts.count(findings.count() - judged, "signature", "signatures");
        String why =
            findings.problem().isEmpty() ? "Not looked at" : "Not judged: " + findings.problem();
        html.leaf("td", more + ". " + why + ".", "colspan", "3", "class", "open");
      }
    }
  }

  /** Whether nothing speaks for or against the signature, because nothing is known of its key. */
  private static boolean isOpen(SignatureVerdict verdict) {
    return verdict.status() == SignatureStatus.UNKNOWN_KEY || fitsNoKey(verdict);
  }

  /** A signature without the name of its key: another key looks the same as other bytes. */
  private static boolean fitsNoKey(SignatureVerdict verdict) {
    return verdict.status() == SignatureStatus.WRONG_DATA && verdict.type() != SignatureType.GPG;
  }

  private static String finding(SignatureVerdict verdict) {
    if (fitsNoKey(verdict)) {
      return "It fits none of the keys that this server has: it was made by another key, or for"
          + " something else than this commit.";
    }
    return switch (verdict.status()) {
      case GOOD -> "Good.";
      case UNKNOWN_KEY -> "This server does not have the key that made it, so it cannot tell.";
      case EXPIRED_KEY,
          EXPIRED_SIGNATURE,
          REVOKED_KEY,
          WRONG_DATA,
          UNUSABLE_KEY,
          WEAK_DIGEST,
          MALFORMED ->
          verdict.status().explanation() + ".";
    };
  }

  private static void key(Html html, SignatureVerdict verdict) {
    if (!verdict.userId().isEmpty()) {
      html.name(Texts.cut(verdict.userId(), 500));
      html.empty("br");
    }
    if (!verdict.key().isEmpty()) {
      html.leaf("code", verdict.key(), "class", "wrap");
    }
  }

  private static String type(SignatureType type) {
    return switch (type) {
      case GPG -> "OpenPGP";
      case ED25519 -> "Ed25519";
      case SPKI -> "SPKI";
      case DUMMY -> "Dummy, for tests";
    };
  }
}
