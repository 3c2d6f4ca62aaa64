#include "audit/log/key_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "audit/log/last_signer.h"

namespace linkaudit::log {
namespace {

constexpr std::uintmax_t kMostBytes = 1U << 20U;

[[noreturn]] void refuse(const std::string& file, const std::string& why) {
  throw LogRefused(file + ": " + why);
}

// A new file with this text, durable; false when there is one already. Others never see it half written.
void write_new(const std::string& file, const std::string& text, mode_t mode) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (descriptor < 0) refuse(file, std::string("cannot be written: ") + std::strerror(errno));
  const bool written =
      ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(descriptor) == 0;
  const int error = errno;
  ::close(descriptor);
  if (!written) {
    ::unlink(file.c_str());
    throw LogError(file + ": cannot be written: " + std::strerror(error));
  }
}

std::string beside(const std::string& file) {
  return file + ".new-" + std::to_string(::getpid());
}

// Writes the whole file anew in one step.
void replace(const std::string& file, const std::string& text, mode_t mode) {
  const std::string temporary = beside(file);
  ::unlink(temporary.c_str());  // of a program that was killed
  write_new(temporary, text, mode);
  if (::rename(temporary.c_str(), file.c_str()) != 0) {
    const int error = errno;
    ::unlink(temporary.c_str());
    throw LogError(file + ": cannot be written: " + std::strerror(error));
  }
}

std::string read_all(const std::string& file) {
  std::error_code error;
  if (const auto size = std::filesystem::file_size(file, error); error || size > kMostBytes) {
    refuse(file, error ? "cannot be read: " + error.message() : "is too large for keys");
  }
  std::ifstream stream(file, std::ios::binary);
  if (!stream) refuse(file, std::string("cannot be read: ") + std::strerror(errno));
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string next_of(const std::string& key_file) {
  return key_file + ".next";
}

SigningKey load_key(const std::string& key_file) {
  struct stat status {};
  if (::stat(key_file.c_str(), &status) != 0) refuse(key_file, std::string("cannot be read: ") + std::strerror(errno));
  if ((status.st_mode & 077U) != 0) refuse(key_file, "others may read this private key; chmod 600 it");
  std::string text = read_all(key_file);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  auto key = SigningKey::from(text);
  if (!key) refuse(key_file, "is no private key; a line PRIVATE+KEY+NAME+HASH+BASE64 is one");
  return std::move(*key);
}

[[noreturn]] void refuse_lost(const std::string& file, const std::string& why, const LastSigner& signer,
                              const std::string& then) {
  throw KeyLost(file + ": " + why + ": what is in the log stays, but no more of it is signed. Up to entry " +
                std::to_string(signer.size) + " " + signer.name +
                " has signed: put that key's file back, or name it by --key FILE; when it is lost for good, " + then +
                "ledger rotate --lost begins with a new key and records that");
}

}  // namespace

std::string key_file_of(const std::string& database) {
  return database + ".key";
}

std::string public_keys_of(const std::string& key_file) {
  return key_file + ".pub";
}

void add_public_key(const std::string& key_file, const PublicKey& key) {
  const std::string file = public_keys_of(key_file);
  std::string text = std::filesystem::exists(file) ? read_all(file) : std::string();
  if (text.find(key.text() + '\n') != std::string::npos) return;
  replace(file, text + key.text() + '\n', 0644);
}

SigningKey read_key(const std::string& key_file) {
  SigningKey key = load_key(key_file);
  add_public_key(key_file, key.public_key());
  return key;
}

std::optional<PublicKey> public_key_at(const std::string& key_file) {
  if (!std::filesystem::exists(key_file)) return std::nullopt;
  try {
    return load_key(key_file).public_key();
  } catch (const LogRefused&) {
    return std::nullopt;
  }
}

SigningKey make_key(const std::string& key_file, const std::string& name) {
  const std::string temporary = beside(key_file);
  ::unlink(temporary.c_str());
  write_new(temporary, SigningKey::make(name).text() + '\n', 0600);
  const bool placed = ::link(temporary.c_str(), key_file.c_str()) == 0;  // of two, one is first
  const int error = errno;
  ::unlink(temporary.c_str());
  if (!placed) refuse(key_file, std::string("cannot be made: ") + std::strerror(error));
  return read_key(key_file);
}

SigningKey take_key(const std::string& key_file) {
  if (std::filesystem::exists(key_file)) return read_key(key_file);
  std::random_device random;
  try {
    return make_key(key_file, fmt::format("linkaudit-{:08x}", static_cast<std::uint32_t>(random())));
  } catch (const LogRefused&) {
    if (!std::filesystem::exists(key_file)) throw;
    return read_key(key_file);  // another program was first
  }
}

void require_key(const Log& log, const std::string& key_file) {
  if (std::filesystem::exists(key_file)) return;
  const auto signer = last_signer(log);
  if (!signer || std::filesystem::exists(key_file))
    return;  // another program was first, and makes the key before it signs
  refuse_lost(key_file, "is missing", *signer, "");
}

SigningKey key_of(const Log& log, const std::string& key_file) {
  require_key(log, key_file);
  const auto signer = last_signer(log);
  if (!signer) return take_key(key_file);
  SigningKey key = load_key(key_file);
  if (!signer->is(key.public_key())) {
    const std::string staged = next_of(key_file);
    if (std::filesystem::exists(staged) && signer->is(load_key(staged).public_key())) {
      replace_key(key_file, load_key(staged));
    }
    key = load_key(key_file);  // another program may have been about it
  }
  if (!signer->is(key.public_key())) {
    const std::string text = key.public_key().text(), name = text.substr(0, text.find('+', text.find('+') + 1));
    refuse_lost(key_file, "holds " + name + ", not the key that signs this log", *signer, "move this file away: ");
  }
  add_public_key(key_file, key.public_key());
  return key;
}

void stage_key(const std::string& key_file, const SigningKey& next) {
  replace(next_of(key_file), next.text() + '\n', 0600);
}

void replace_key(const std::string& key_file, const SigningKey& next) {
  add_public_key(key_file, next.public_key());
  replace(key_file, next.text() + '\n', 0600);
  ::unlink(next_of(key_file).c_str());
}

std::vector<PublicKey> read_public_keys(const std::string& file) {
  std::vector<PublicKey> keys;
  const std::string text = read_all(file);
  int number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.empty() || line.front() == '#') continue;
    const auto key = public_key_from(line);
    if (!key) refuse(file + ':' + std::to_string(number), "is no public key; valid is NAME+HASH+BASE64");
    keys.push_back(*key);
  }
  if (keys.empty()) refuse(file, "has no public key; valid is a line NAME+HASH+BASE64");
  return keys;
}

}  // namespace linkaudit::log
