package dev.coppice.reposerver.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The elements of a page, and the rules that every page keeps. */
final class Markup {
  private static final Set<String> HEADINGS = Set.of("h1", "h2", "h3", "h4");
  private static final Set<String> FIELDS = Set.of("input", "select", "textarea");

  /** All that pages are made of; anything else came from the repository, or needs a thought. */
  private static final Set<String> KNOWN =
      Set.of(
          "html",
          "head",
          "meta",
          "title",
          "link",
          "body",
          "header",
          "nav",
          "main",
          "footer",
          "h1",
          "h2",
          "p",
          "a",
          "b",
          "i",
          "br",
          "ul",
          "ol",
          "li",
          "dl",
          "dt",
          "dd",
          "div",
          "span",
          "bdi",
          "code",
          "pre",
          "ins",
          "del",
          "time",
          "form",
          "label",
          "input",
          "select",
          "option",
          "datalist",
          "button",
          "table",
          "caption",
          "thead",
          "tbody",
          "tr",
          "th",
          "td");

  private final Element root;

  private Markup(Element root) {
    this.root = root;
  }

  /** Reads a page as XML, which pages are as well. */
  static Markup of(String page) {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return new Markup(
          builder.parse(new InputSource(new StringReader(page))).getDocumentElement());
    } catch (ParserConfigurationException | IOException e) {
      throw new AssertionError(e);
    } catch (SAXException e) {
      throw new AssertionError(e.getMessage() + "\n" + page, e);
    }
  }

  /** The elements of a name, in their order; {@code *} for all. */
  List<Element> all(String name) {
    List<Element> all = new ArrayList<>();
    NodeList found = root.getElementsByTagName(name);
    for (int i = 0; i < found.getLength(); i++) {
      all.add((Element) found.item(i));
    }
    return all;
  }

  /** Texts of the elements of a name. */
  List<String> texts(String name) {
    return all(name).stream().map(Element::getTextContent).toList();
  }

  /** Where links lead. */
  List<String> links() {
    return all("a").stream().map(each -> each.getAttribute("href")).toList();
  }

  /** The text of the main part. */
  String main() {
    return all("main").getFirst().getTextContent();
  }

  /** Checks what every page must keep, for people who see, hear or feel it and for safety. */
  Markup check() {
    frame();
    headings();
    fields();
    tables();
    identifiers();
    safety();
    return this;
  }

  private void frame() {
    assertThat(root.getAttribute("lang")).isEqualTo("en");
    assertThat(texts("title")).hasSize(1).allMatch(title -> !title.isBlank());
    for (String landmark : List.of("main", "header", "footer", "h1")) {
      assertThat(all(landmark)).as(landmark).hasSize(1);
    }
    assertThat(all("nav")).as("names of nav").allMatch(has("aria-label"));
    assertThat(all("nav").stream().map(each -> each.getAttribute("aria-label")).toList())
        .doesNotHaveDuplicates();
    assertThat(links().getFirst()).as("the first link skips to the content").isEqualTo("#content");
    assertThat(all("a")).allMatch(has("href"));
    assertThat(all("a"))
        .as("links have a text")
        .allMatch(each -> !each.getTextContent().isBlank() || !name(each).isBlank());
  }

  private void headings() {
    int before = 0;
    for (Element each : all("*")) {
      if (HEADINGS.contains(each.getTagName())) {
        int level = each.getTagName().charAt(1) - '0';
        assertThat(level).as("level of '%s'", each.getTextContent()).isBetween(1, before + 1);
        assertThat(each.getTextContent()).isNotBlank();
        before = level;
      }
    }
  }

  private void fields() {
    Set<String> labelled = new HashSet<>();
    all("label").forEach(label -> labelled.add(label.getAttribute("for")));
    for (Element each : all("*")) {
      if (FIELDS.contains(each.getTagName())) {
        assertThat(labelled.contains(each.getAttribute("id")) || !name(each).isEmpty())
            .as("label of %s %s", each.getTagName(), each.getAttribute("name"))
            .isTrue();
      }
    }
    assertThat(all("button")).allMatch(each -> !each.getTextContent().isBlank());
  }

  private void tables() {
    for (Element table : all("table")) {
      assertThat(table.getElementsByTagName("caption").getLength()).isEqualTo(1);
      assertThat(((Element) table.getParentNode()).getAttribute("tabindex")).isEqualTo("0");
      int columns =
          table.getElementsByTagName("thead").item(0).getFirstChild().getChildNodes().getLength();
      NodeList rows =
          ((Element) table.getElementsByTagName("tbody").item(0)).getElementsByTagName("tr");
      assertThat(rows.getLength()).isPositive();
      for (int i = 0; i < rows.getLength(); i++) {
        assertThat(cells((Element) rows.item(i))).as("cells of row %s", i).isEqualTo(columns);
      }
    }
    assertThat(all("th"))
        .allMatch(each -> Set.of("col", "row").contains(each.getAttribute("scope")));
    assertThat(all("th"))
        .as("no empty headings")
        .allMatch(each -> !each.getTextContent().isBlank());
  }

  private static int cells(Element row) {
    int cells = 0;
    for (int i = 0; i < row.getChildNodes().getLength(); i++) {
      if (row.getChildNodes().item(i) instanceof Element cell) {
        String span = cell.getAttribute("colspan");
        cells += span.isEmpty() ? 1 : Integer.parseInt(span);
      }
    }
    return cells;
  }

  private void identifiers() {
    assertThat(all("*").stream().map(each -> each.getAttribute("id")).filter(id -> !id.isEmpty()))
        .doesNotHaveDuplicates();
  }

  private void safety() {
    for (Element each : all("*")) {
      assertThat(KNOWN).contains(each.getTagName());
      for (int i = 0; i < each.getAttributes().getLength(); i++) {
        String attribute = each.getAttributes().item(i).getNodeName();
        assertThat(attribute).doesNotStartWith("on").isNotEqualTo("style");
      }
      for (String attribute : List.of("href", "src", "action")) {
        assertThat(each.getAttribute(attribute))
            .as("addresses are relative")
            .doesNotContain("://")
            .doesNotStartWith("/")
            .doesNotContainPattern("^[a-z]+:");
      }
    }
  }

  private static String name(Element each) {
    return each.getAttribute("aria-label");
  }

  private static Predicate<Element> has(String attribute) {
    return each -> !each.getAttribute(attribute).isBlank();
  }
}
