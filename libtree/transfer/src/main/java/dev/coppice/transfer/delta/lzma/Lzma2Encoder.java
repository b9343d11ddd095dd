package dev.coppice.transfer.delta.lzma;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a stream of LZMA2 chunks. Closing it does nothing; {@link #finish} ends the stream. */
final class Lzma2Encoder extends OutputStream {
  /** Bytes that a chunk holds at most. */
  private static final int CHUNK = 1 << 21;

  /** Bytes that are parsed at a time, at most. Chunks end in between. */
  private static final int MOST_PARSED = Parser.SPAN + Lengths.MOST;

  /** Compressed bytes at which a chunk ends: a literal takes less than 7 bytes. */
  private static final int NEARLY_FULL = RangeEncoder.MOST - 7 * MOST_PARSED;

  private static final int LITERAL_CHUNK = 1 << 16;

  /** Bytes that must be there so that the end does not show in what is chosen. */
  private static final int AHEAD = 1 << 14;

  private static final int LZMA = 0x80;
  private static final int RESET_STATE = 1;
  private static final int RESET_PROPERTIES = 2;
  private static final int RESET_DICTIONARY = 3;
  private static final int AS_IT_IS = 2;
  private static final int AS_IT_IS_FIRST = 1;

  private final OutputStream out;
  private final Window window;
  private final Matches matches;
  private final Model model = new Model();
  private final RangeEncoder coder = new RangeEncoder();
  private final Parser parser;
  private final Symbols symbols = new Symbols();
  private final byte[] single = new byte[1];

  private long total;
  private int chunk;
  private int reset = RESET_DICTIONARY;
  private boolean propertiesKnown;

  Lzma2Encoder(OutputStream out, int dictionary) {
    this.out = out;
    // A chunk that does not compress is written again from the window.
    window = new Window(Math.max(dictionary, 2 * CHUNK));
    matches = new Matches(window, dictionary);
    parser = new Parser(window, matches, model);
  }

  @Override
  public void write(int b) throws IOException {
    single[0] = (byte) b;
    write(single, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      done += window.fill(bytes, offset + done, length - done);
      if (window.full()) {
        encode(window.end() - AHEAD);
        matches.slide(window.slide());
      }
    }
  }

  /** Ends the stream. */
  void finish() throws IOException {
    encode(window.end());
    endChunk();
    out.write(0);
  }

  private void encode(int to) throws IOException {
    while (window.at() < to) {
      parser.parse(total, symbols);
      if (coder.pending() > NEARLY_FULL || chunk > CHUNK - MOST_PARSED) {
        endChunk();
      }
    }
  }

  private final class Symbols implements Parser.Sink {
    @Override
    public void literal() {
      int at = window.at();
      int matchedAt = at - model.reps[0] - 1;
      byte[] bytes = window.bytes;
      model.literal(
          coder,
          bytes[at] & 0xff,
          bytes[at - 1] & 0xff,
          matchedAt < 1 ? 0 : bytes[matchedAt] & 0xff,
          Model.position(total));
      advance(1);
    }

    @Override
    public void match(int symbol, int length) {
      int position = Model.position(total);
      if (symbol < Model.REPS) {
        model.rep(coder, symbol, length, position);
      } else {
        model.match(coder, symbol - Model.REPS, length, position);
      }
      advance(length);
    }

    private void advance(int length) {
      window.moveTo(window.at() + length);
      total += length;
      chunk += length;
    }
  }

  private void endChunk() throws IOException {
    if (chunk == 0) {
      return;
    }
    int size = coder.finish();
    if (size + 2 < chunk) {
      int value = chunk - 1;
      out.write(LZMA | reset << 5 | value >>> 16);
      twoBytes(value);
      twoBytes(size - 1);
      if (reset >= RESET_PROPERTIES) {
        out.write(Model.PROPERTIES);
        propertiesKnown = true;
      }
      out.write(coder.bytes(), 0, size);
      reset = 0;
    } else {
      endIncompressible();
    }
    chunk = 0;
    coder.reset();
  }

  private void endIncompressible() throws IOException {
    int from = window.at() - chunk;
    while (from < window.at()) {
      int size = Math.min(LITERAL_CHUNK, window.at() - from);
      out.write(reset == RESET_DICTIONARY ? AS_IT_IS_FIRST : AS_IT_IS);
      twoBytes(size - 1);
      out.write(window.bytes, from, size);
      from += size;
      reset = propertiesKnown ? RESET_STATE : RESET_PROPERTIES;
    }
    model.reset();
  }

  private void twoBytes(int value) throws IOException {
    out.write(value >>> Byte.SIZE);
    out.write(value);
  }
}
