#include "audit/log/packer.h"

#include <zstd.h>

#include <algorithm>
#include <bit>
#include <new>
#include <stdexcept>

namespace linkaudit::log {
namespace {

constexpr int kLevel = 3;
// Pages are long, and as small at a low level but for a few per cent. The dictionary would not help them, and would
// take longer: its tables are made for short texts.
constexpr int kLevelOfLongTexts = 2;
constexpr std::size_t kLongText = 16 * 1024;
constexpr int kLevelOfShortChanges = 9;               // of a text after one like it, both short
constexpr int kLevelOfChanges = 3;                    // of a long one
constexpr int kLargestWindow = 27;                    // what every decoder takes
constexpr unsigned long long kLargest = 1ULL << 28U;  // no text of ours is larger

std::size_t checked(std::size_t result) {
  if (ZSTD_isError(result) != 0) throw std::runtime_error(std::string("zstd: ") + ZSTD_getErrorName(result));
  return result;
}

// As long as the text that a frame says it holds.
std::string room_for(std::string_view packed) {
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kLargest) {
    throw std::runtime_error("zstd: not a frame of ours");
  }
  return std::string(size, '\0');
}

}  // namespace

struct Packer::Contexts {
  explicit Contexts(std::string_view dictionary)
      : packing(ZSTD_createCCtx()),
        unpacking(ZSTD_createDCtx()),
        packing_dictionary(ZSTD_createCDict(dictionary.data(), dictionary.size(), kLevel)),
        unpacking_dictionary(ZSTD_createDDict(dictionary.data(), dictionary.size())) {
    if (packing == nullptr || unpacking == nullptr || packing_dictionary == nullptr ||
        unpacking_dictionary == nullptr) {
      free_all();
      throw std::bad_alloc();
    }
  }
  Contexts(const Contexts&) = delete;
  Contexts& operator=(const Contexts&) = delete;
  ~Contexts() { free_all(); }

  void free_all() {
    ZSTD_freeDDict(unpacking_dictionary);
    ZSTD_freeCDict(packing_dictionary);
    ZSTD_freeDCtx(unpacking);
    ZSTD_freeCCtx(packing);
  }

  ZSTD_CCtx* packing;
  ZSTD_DCtx* unpacking;
  ZSTD_CDict* packing_dictionary;
  ZSTD_DDict* unpacking_dictionary;
};

Packer::Packer(std::string_view dictionary) : contexts_(std::make_unique<Contexts>(dictionary)) {}
Packer::Packer(Packer&&) noexcept = default;
Packer& Packer::operator=(Packer&&) noexcept = default;
Packer::~Packer() = default;

std::string Packer::pack(std::string_view text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  ZSTD_CCtx* const context = contexts_->packing;
  packed.resize(checked(
      text.size() < kLongText
          ? ZSTD_compress_usingCDict(context, packed.data(), packed.size(), text.data(), text.size(),
                                     contexts_->packing_dictionary)
          : ZSTD_compressCCtx(context, packed.data(), packed.size(), text.data(), text.size(), kLevelOfLongTexts)));
  return packed;
}

std::string Packer::pack_after(std::string_view before, std::string_view text) {
  ZSTD_CCtx* const context = contexts_->packing;
  checked(ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters));
  const std::size_t both = before.size() + text.size();
  checked(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel,
                                 both < kLongText ? kLevelOfShortChanges : kLevelOfChanges));
  // The window must reach back over all of both.
  checked(ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog,
                                 std::clamp(static_cast<int>(std::bit_width(both)), 10, kLargestWindow)));
  checked(ZSTD_CCtx_refPrefix(context, before.data(), before.size()));
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(checked(ZSTD_compress2(context, packed.data(), packed.size(), text.data(), text.size())));
  return packed;
}

std::string Packer::unpack_after(std::string_view before, std::string_view packed) {
  std::string text = room_for(packed);
  ZSTD_DCtx* const context = contexts_->unpacking;
  checked(ZSTD_DCtx_reset(context, ZSTD_reset_session_and_parameters));
  checked(ZSTD_DCtx_refPrefix(context, before.data(), before.size()));
  const std::size_t written =
      checked(ZSTD_decompressDCtx(context, text.data(), text.size(), packed.data(), packed.size()));
  if (written != text.size()) throw std::runtime_error("zstd: a frame of another length than it says");
  return text;
}

std::string Packer::unpack(std::string_view packed) {
  std::string text = room_for(packed);
  const std::size_t written = checked(ZSTD_decompress_usingDDict(
      contexts_->unpacking, text.data(), text.size(), packed.data(), packed.size(), contexts_->unpacking_dictionary));
  if (written != text.size()) throw std::runtime_error("zstd: a frame of another length than it says");
  return text;
}

std::string new_dictionary() {
  // Most common last: matches near the end are the cheapest to name.
  return R"({"control":{"end":"down","hops":[{"http_version":"1.1","status":302,"tls_chain_sha256":"","tls_cipher":)"
         R"("TLS_AES_256_GCM_SHA384","tls_version":"TLSv1.2","url":"http://www.","via":"refresh"},{"http_version":"2","status":200,)"
         R"("tls_chain_sha256":"","tls_cipher":"ECDHE-RSA-AES128-GCM-SHA256","tls_version":"TLSv1.3","url":"https://h5.m.","via":"script"}],"outcome":"direct",)"
         R"("page":{"charset":"utf-8","final_url":"https://","title":"","truncated":true},"rule":"builtin-","rule_version":1},)"
         R"("facts":{"add_to_cart":"yes","buy_now":"yes","detail":"yes","login":"yes","login_first":"no","one_tap_share":"no",)"
         R"("payment":"alipay","script_redirect_suspected":"yes"},"notes":["gateway_down","target_down","control_refused",)"
         R"("control_failed","soft_404","link_specific=false"],"page":{"charset":"gbk","final_url":"https://","title":""},"url":"https://"})"
         R"({"at":"2026-01-01T00:00:00.000Z","context":"","link":"","method":"http","reason":"missed","recorded_at":"2026-01-01T)"
         R"(","schedule":"daily","type":"gap","vantage":"local"})"
         R"({"at":"2026-01-01T00:00:00.000Z","attempt":2,"blame":"platform","client":"WeChat 8.0","context":"qq/group","context_specific":)"
         R"(false,"facts":"","failure":{"code":28,"hop":0,"layer":"http","leg":"control","name":"http_timeout","text":"Connection timed out"},)"
         R"("hard":false,"method":"attestation","note":"","observer":"","outcome":"unreachable","presentation":"card","rule":"attested",)"
         R"("screenshot":"","simulated":true,"source":"","tier":"in_app","type":"attestation","valid_days":31,"blame":"target_down",)"
         R"("blame":"unknown","outcome":"unclassified","outcome":"login_wall","outcome":"text_token","outcome":"app_jump",)"
         R"("outcome":"challenge","outcome":"confirm","layer":"tcp","layer":"dns","layer":"tls","name":"tcp_timeout","leg":"context")"
         R"({"at":"2026-01-01T00:00:00.000Z","blame":"host","context":"wechat/moments","context_specific":true,"control":{"hops":[[)"
         R"("127.0.0.1",1,1,-1,1,1]],"page":[1,"0123456789abcdef"]},"facts":"0123456789abcdef","fire":{"planned":"2026-01-01T00:00:00.000Z",)"
         R"("reason":"on_time","schedule":"daily"},"hops":[["127.0.0.1",1000,2000,-1,30000,40000],["127.0.0.1",-1,-1,-1,1,1]],)"
         R"("link":"taobao/item","method":"http","outcome":"external_browser","outcome":"blocked","page":[10,"0123456789abcdef"],)"
         R"("platform":"taobao","recorded_at":"2026-01-01T00:00:00.000Z","rule":"builtin-","rule_version":1,"simulated":true,)"
         R"("steps":1,"tier":"target","type":"observation","vantage":"lab"})"
         R"({"at":"2026-01-01T00:00:00.000Z","blame":"none","context":"wechat/group","context_specific":true,"control":{"hops":[[")"
         R"(",1000,1,-1,1,1]],"page":[1,"0123456789abcdef"]},"facts":"0123456789abcdef","hops":[["203.119.",1000,2000,3000,40000,50000],[")"
         R"(",1,1,1,1,1]],"link":"taobao/item","method":"http","outcome":"direct","page":[10,"0123456789abcdef"],"platform":"taobao",)"
         R"("recorded_at":"2026-01-01T00:00:00.000Z","rule":"builtin-","rule_version":1,"steps":0,"tier":"gateway","type":"observation",)"
         R"("vantage":"local"})"
         R"({"at":"2026-01-01T00:00:00.000Z","blame":"host","context":"wechat/moments","context_specific":true,"control":{"hops":[["127.0.0.1",)"
         R"(-1,-1,-1,1,1]],"page":[1,"0123456789abcdef"]},"evidence":"0123456789abcdef","facts":"0123456789abcdef","fire":{"planned":)"
         R"("2026-01-01T00:00:00.000Z","reason":"on_time","schedule":"daily"},"hops":[["127.0.0.1",-1,1000,2000,30000,40000],["127.0.0.1",-1,-1,)"
         R"(-1,1,1]],"kept":true,"link":"taobao/item","method":"http","outcome":"blocked","page":[10,"0123456789abcdef"],"platform":"taobao",)"
         R"("recorded_at":"2026-01-01T00:00:00.000Z","rule":"builtin-","rule_version":1,"tier":"gateway","type":"observation","vantage":"local"})"
         R"({"at":"2026-01-01T00:00:00.000Z","blame":"none","context":"wechat/group","context_specific":true,"control":{"hops":[["127.0.0.1",-1,)"
         R"(1000,2000,30000,40000]],"page":[1,"0123456789abcdef"]},"evidence":"0123456789abcdef","facts":"0123456789abcdef","hops":[["127.0.0.1",)"
         R"(-1,1000,2000,30000,40000],["127.0.0.1",-1,-1,-1,1,1]],"link":"taobao/item","method":"http","outcome":"direct","page":[10,)"
         R"("0123456789abcdef"],"platform":"taobao","recorded_at":"2026-01-01T00:00:00.000Z","simulated":true,"steps":0,"tier":"gateway",)"
         R"("type":"observation","vantage":"local"})";
}

}  // namespace linkaudit::log
