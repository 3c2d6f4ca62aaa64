#include <unicode/utf8.h>
#include <yaml-cpp/anchor.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <iterator>
#include <optional>
#include <streambuf>
#include <utility>

#include "audit/catalog/node.h"

namespace linkaudit::catalog {
namespace {

constexpr std::size_t kMostDepth = 32;
constexpr std::size_t kMostBytes = std::size_t{64} << 20;
constexpr std::size_t kMostNodes = 1'000'000;

struct Stop {
  int line;
  std::string text;
};

// Read where it stands.
class TextBuffer : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    auto* begin = const_cast<char*>(text.data());  // a stream that is read only writes nothing there
    setg(begin, begin, begin + text.size());
  }
};

// Builds the tree from events; nothing is recursive on the input's depth.
class Builder : public YAML::EventHandler {
 public:
  Builder(const std::string& file, std::pmr::memory_resource* memory) : file_(file), memory_(memory) {}

  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) throw Stop{mark.line + 1, "a second document (---) begins; valid is one in a file"};
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    add(make(mark, Node()));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw Stop{mark.line + 1, "aliases (*name) are not taken; write the value out"};
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    const bool quoted = tag == "!";
    const bool nothing = !quoted && (value == "~" || value == "null");
    add(make(mark, nothing ? Node() : Node::scalar(value, quoted)));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    begin(mark, anchor, Node::Kind::list);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    begin(mark, anchor, Node::Kind::map);
  }
  void OnMapEnd() override { end(); }

 private:
  struct Open {
    Node::Kind kind;
    int line;
    std::vector<Node> items = {};
    std::vector<Node::Field> fields = {};
    std::optional<std::string> key = std::nullopt;  // read, its value not yet

    bool has(std::string_view name) const {
      return std::any_of(fields.begin(), fields.end(), [&](const Node::Field& field) { return field.key == name; });
    }
  };

  Node make(const YAML::Mark& mark, Node node) {
    count(mark);
    node.set_place({&file_, mark.line + 1});
    return node;
  }
  void count(const YAML::Mark& mark) {
    if (++nodes_ > kMostNodes) throw Stop{mark.line + 1, "too many values"};
  }
  static void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0) throw Stop{mark.line + 1, "anchors (&name) are not taken; write the value out"};
  }
  void begin(const YAML::Mark& mark, YAML::anchor_t anchor, Node::Kind kind) {
    refuse_anchor(mark, anchor);
    if (open_.size() >= kMostDepth) throw Stop{mark.line + 1, "nested too deeply"};
    count(mark);
    open_.push_back({kind, mark.line + 1});
  }
  // Copied at its size into the memory asked for, which may take back nothing.
  template <typename Element>
  std::pmr::vector<Element> settled(std::vector<Element>& elements) {
    return {std::make_move_iterator(elements.begin()), std::make_move_iterator(elements.end()), memory_};
  }
  void end() {
    Open open = std::move(open_.back());
    open_.pop_back();
    Node node = open.kind == Node::Kind::list ? Node::list(settled(open.items)) : Node::map(settled(open.fields));
    node.set_place({&file_, open.line});
    add(std::move(node));
  }
  void add(Node node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    const int line = node.place().line;
    if (parent.kind == Node::Kind::list) {
      parent.items.push_back(std::move(node));
    } else if (!parent.key) {
      if (node.kind() != Node::Kind::scalar) throw Stop{line, "a key must be plain text"};
      if (parent.has(node.text())) throw Stop{line, node.text() + ": stands twice"};
      parent.key = node.text();
      key_line_ = line;
    } else {
      if (node.kind() == Node::Kind::null) node.set_place({&file_, key_line_});
      parent.fields.push_back({*std::exchange(parent.key, std::nullopt), std::move(node)});
    }
  }

  const std::string& file_;
  std::pmr::memory_resource* memory_;
  Node root_;
  std::vector<Open> open_;
  std::size_t nodes_ = 0;
  int documents_ = 0;
  int key_line_ = 0;
};

// The line of the first byte that is no UTF-8, or is a control character; 0 when all is plain text.
int line_of_bad_text(std::string_view text) {
  int line = 1;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t index = 0; index < length;) {
    UChar32 point = 0;
    U8_NEXT(bytes, index, length, point);
    if (point < 0 || (point < 0x20 && point != '\t' && point != '\n' && point != '\r') || point == 0x7F) return line;
    line += point == '\n' ? 1 : 0;
  }
  return 0;
}

}  // namespace

tl::expected<Node, ParseError> parse_yaml(std::string_view text, const std::string& file,
                                          std::pmr::memory_resource* memory) {
  if (text.size() > kMostBytes) return tl::unexpected(ParseError{{&file, 1}, "is larger than 64 MiB"});
  if (const int line = line_of_bad_text(text); line != 0) {
    return tl::unexpected(ParseError{{&file, line}, "holds bytes that are no text; valid is UTF-8"});
  }
  TextBuffer buffer(text);
  std::istream stream(&buffer);
  Builder builder(file, memory);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::ParserException& error) {
    return tl::unexpected(ParseError{{&file, error.mark.line + 1}, "not YAML: " + error.msg});
  } catch (const Stop& stop) {
    return tl::unexpected(ParseError{{&file, stop.line}, stop.text});
  }
  return builder.take();
}

}  // namespace linkaudit::catalog
