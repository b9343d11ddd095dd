package dev.coppice.reposerver.http;

import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** The conditions of a request on a file, in the order of RFC 9110, section 13.2.2. */
final class Conditions {
  private Conditions() {}

  /** What conditions make of a request for a file that is there. */
  enum Verdict {
    /** Send the file, or the range asked for. */
    SEND,
    /** The client has it: 304. */
    NOT_MODIFIED,
    /** The client wants another one than there is: 412. */
    FAILED
  }

  /**
   * Weighs all conditions but {@code If-Range}.
   *
   * @param etag of the file, strong, with its quotes
   * @param modified of the file, seconds since 1970
   */
  static Verdict of(HttpFields headers, String etag, long modified) {
    String match = headers.get(HttpHeader.IF_MATCH);
    if (match != null) {
      if (!names(match, etag, false)) {
        return Verdict.FAILED;
      }
    } else if (isBefore(headers.get(HttpHeader.IF_UNMODIFIED_SINCE), modified)) {
      return Verdict.FAILED;
    }
    String noneMatch = headers.get(HttpHeader.IF_NONE_MATCH);
    if (noneMatch != null) {
      return names(noneMatch, etag, true) ? Verdict.NOT_MODIFIED : Verdict.SEND;
    }
    String since = headers.get(HttpHeader.IF_MODIFIED_SINCE);
    return since != null && HttpDate.seconds(since).isPresent() && !isBefore(since, modified)
        ? Verdict.NOT_MODIFIED
        : Verdict.SEND;
  }

  /**
   * Whether {@code If-Range} lets a range be sent: it names exactly this file. A date does so only
   * when the file could not have changed again within the second that it names.
   *
   * @param now seconds since 1970
   */
  static boolean rangeHolds(HttpFields headers, String etag, long modified, long now) {
    String range = headers.get(HttpHeader.IF_RANGE);
    if (range == null) {
      return true;
    }
    if (range.indexOf('"') >= 0) {
      return range.strip().equals(etag);
    }
    OptionalLong seconds = HttpDate.seconds(range);
    return seconds.isPresent() && seconds.getAsLong() == modified && now > modified + 1;
  }

  private static boolean isBefore(@Nullable String date, long modified) {
    if (date == null) {
      return false;
    }
    OptionalLong seconds = HttpDate.seconds(date);
    return seconds.isPresent() && seconds.getAsLong() < modified;
  }

  /**
   * Whether a list of tags has this one. Ours have no commas, so the list may be cut at them
   * whatever the tags of others hold.
   */
  private static boolean names(String list, String etag, boolean weakly) {
    for (String part : list.split(",", -1)) {
      String tag = part.strip();
      if (tag.equals("*") || tag.equals(etag) || (weakly && tag.equals("W/" + etag))) {
        return true;
      }
    }
    return false;
  }
}
