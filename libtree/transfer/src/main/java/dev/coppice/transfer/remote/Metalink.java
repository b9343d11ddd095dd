package dev.coppice.transfer.remote;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.transfer.fetch.FetchRequest;
import dev.coppice.transfer.fetch.Fetcher;
import dev.coppice.transfer.fetch.Urls;
import dev.coppice.transfer.summary.Summary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A metalink: the file of this name, {@code summary}, with its size, checksums and the servers that
 * have it. Whatever server's summary has that size and checksum is the base of a mirror. Source:
 * {@code ostree-metalink.c}.
 *
 * @param size bytes of the summary
 * @param algorithm of the checksum, as Java names it
 * @param digest the checksum, in hex
 * @param urls addresses of the summary, best first
 */
record Metalink(long size, String algorithm, String digest, List<URI> urls) {
  private static final int MAX_SIZE = 1 << 20;

  /**
   * What a metalink leads to.
   *
   * @param bases the mirrors whose summary is the one that it describes
   * @param summary that summary: a mirror could show another one the next time
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Found(List<URI> bases, byte[] summary) {}

  /** Fetches a metalink, and asks the servers that it names. */
  static Found fetch(Fetcher fetcher, URI address) throws IOException {
    byte[] xml =
        fetcher
            .fetchBytes(new FetchRequest(List.of(address), "", MAX_SIZE))
            .orElseThrow(() -> unusable(address, "it is not there"));
    Metalink metalink;
    try {
      metalink = parse(xml);
    } catch (XMLStreamException e) {
      throw unusable(address, "it is no XML: " + e.getMessage());
    }
    if (metalink.urls().isEmpty()) {
      throw unusable(address, "it names no server");
    }
    MirrorRace.Result<byte[]> race =
        MirrorRace.run(metalink.urls(), url -> metalink.summary(fetcher, url));
    if (race.found().isEmpty()) {
      throw unusable(address, race.problem());
    }
    List<URI> bases = race.found().stream().map(found -> found.mirror().resolve(".")).toList();
    return new Found(bases, race.found().getFirst().value());
  }

  /** The summary of a server, when it is the one that is described. */
  private byte[] summary(Fetcher fetcher, URI url) throws IOException {
    Optional<byte[]> summary = fetcher.fetchBytes(new FetchRequest(List.of(url), "", size));
    return summary
        .filter(this::fits)
        .orElseThrow(
            () ->
                new Failure(
                    ErrorCode.NETWORK_UNREACHABLE,
                    "the summary at " + Urls.masked(url) + " is not the one it describes",
                    "The mirror may lag behind, or show what others do not."));
  }

  private boolean fits(byte[] summary) {
    try {
      byte[] actual = MessageDigest.getInstance(algorithm).digest(summary);
      return summary.length == size && HexFormat.of().formatHex(actual).equals(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(algorithm, e);
    }
  }

  private static Failure unusable(URI address, String reason) {
    return new Failure(
        ErrorCode.NETWORK_UNREACHABLE,
        "Metalink " + Urls.masked(address) + ": " + reason,
        "Check the metalink of the remote, or set its url instead.");
  }

  /** Reads a metalink; the strongest checksum of the file counts. */
  static Metalink parse(byte[] xml) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
    try {
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT
            && reader.getLocalName().equals("file")
            && Summary.FILE.equals(reader.getAttributeValue(null, "name"))) {
          return file(reader);
        }
      }
    } finally {
      reader.close();
    }
    throw new XMLStreamException("it does not describe a file 'summary'");
  }

  private static Metalink file(XMLStreamReader reader) throws XMLStreamException {
    long size = -1;
    String algorithm = "";
    String digest = "";
    var urls = new ArrayList<URI>();
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("file")) {
        break;
      }
      if (event != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      switch (reader.getLocalName()) {
        case "size" -> size = number(reader.getElementText());
        case "hash" -> {
          String type = String.valueOf(reader.getAttributeValue(null, "type"));
          String value = reader.getElementText().strip().toLowerCase(Locale.ROOT);
          boolean better = type.equals("sha512") || (type.equals("sha256") && algorithm.isEmpty());
          if (better) {
            algorithm = type.equals("sha512") ? "SHA-512" : "SHA-256";
            digest = value;
          }
        }
        case "url" -> {
          String url = reader.getElementText().strip();
          if (url.startsWith("http://") || url.startsWith("https://")) {
            addIfValid(url, urls);
          }
        }
        default -> {
          // Everything else is for people, or for programs that load in pieces.
        }
      }
    }
    if (size < 0 || size > Summary.MAX_SIZE) {
      throw new XMLStreamException("no size, or one that no summary has");
    }
    if (algorithm.isEmpty()) {
      throw new XMLStreamException("No <verification> with known <hash>");
    }
    return new Metalink(size, algorithm, digest, List.copyOf(urls));
  }

  /** One address that is none leaves the others as good as they are. */
  private static void addIfValid(String url, List<URI> urls) {
    try {
      urls.add(Urls.parse(url));
    } catch (Failure e) {
      // The other servers do.
    }
  }

  private static long number(String text) throws XMLStreamException {
    if (!text.strip().matches("[0-9]{1,18}")) {
      throw new XMLStreamException("Invalid size " + text);
    }
    return Long.parseLong(text.strip());
  }
}
