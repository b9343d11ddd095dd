package dev.coppice.transfer.peer;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.transfer.mdns.TextAttributes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a machine announces of a repository, in the TXT record of a service. Numbers have their
 * first byte first. Source: {@code ostree_avahi_service_build_repo_finder_result}.
 *
 * @param refs which refs it may have
 * @param index which of the repositories of the machine it is, 0 to 65535: its path on the server
 */
record Announcement(BloomFilter refs, int index) {
  /** The type of the service. */
  static final String SERVICE = "_ostree_repo._tcp";

  private static final int VERSION = 1;

  /** The kind of hashes in filters: SipHash of the collection, xor that of the ref. */
  private static final int HASH = 1;

  /**
   * Reads an announcement. It tells as well when the summary was made, which the summary itself
   * tells better, but must do so in the right form.
   *
   * @throws Failure with {@link ErrorCode#INPUT_INVALID} when something is missing or malformed
   */
  static Announcement of(TextAttributes text) {
    byte[] version = value(text, "v", 1);
    if (version[0] != VERSION) {
      throw invalid("it is of version " + (version[0] & 0xff));
    }
    byte[] refs = text.get("rb").orElseThrow(() -> invalid("it has no 'rb'"));
    if (refs.length < 3 || refs[0] == 0) {
      throw invalid("its 'rb' is malformed");
    }
    if (refs[1] != HASH) {
      throw invalid("its 'rb' has hashes of kind " + (refs[1] & 0xff));
    }
    value(text, "st", Long.BYTES);
    int index = ByteBuffer.wrap(value(text, "ri", Short.BYTES)).getShort() & 0xffff;
    byte[] bits = Arrays.copyOfRange(refs, 2, refs.length);
    return new Announcement(new BloomFilter(refs[0] & 0xff, bits), index);
  }

  private static byte[] value(TextAttributes text, String key, int length) {
    byte[] value = text.get(key).orElseThrow(() -> invalid("it has no '" + key + "'"));
    if (value.length != length) {
      throw invalid("its '" + key + "' is malformed");
    }
    return value;
  }

  private static Failure invalid(String reason) {
    return new Failure(
        ErrorCode.INPUT_INVALID,
        "Its announcement cannot be used: " + reason,
        "The manual page of find-remotes tells what it has to say.");
  }
}
