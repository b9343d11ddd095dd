package dev.coppice.core.export;

import dev.coppice.core.object.Checksum;

/**
 * What to export.
 *
 * @param subpath the directory of the commit to export; {@code /} for everything
 * @param prefix what stands before every path, as it is: {@code usr/} needs its slash
 * @param fullRecords whether the end is padded to a record of 10,240 bytes, as tapes and pipes want
 *     it
 */
public record ExportRequest(
    Checksum commit, String subpath, String prefix, ExportFormat format, boolean fullRecords) {
  /** The same with another end. */
  public ExportRequest withFullRecords(boolean full) {
    return new ExportRequest(commit, subpath, prefix, format, full);
  }
}
