#include "audit/log/checkpoint.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "audit/log/base64.h"
#include "audit/log/checkpoint_file.h"
#include "audit/log/checkpoint_store.h"
#include "audit/log/key_file.h"
#include "audit/log/log_proofs.h"
#include "audit/log/signed_note.h"
#include "tests/log/case_file.h"
#include "tests/log/raw.h"
#include "tests/log/samples.h"

namespace linkaudit::log {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string text_in(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void put(const std::string& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

// The example of the specification of signed notes: made by another program.
constexpr const char* kForeignKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr const char* kForeignNote =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

TEST(SignedNote, OfAnotherProgramIsVerified) {
  const auto key = public_key_from(kForeignKey);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->text(), kForeignKey);
  const auto note = signed_note_from(kForeignNote);
  ASSERT_TRUE(note);
  EXPECT_THAT(signers_of(*note, std::vector{*key}), testing::ElementsAre(*key));
}

TEST(SignedNote, ThatWasChangedIsSignedByNobody) {
  const SigningKey key = SigningKey::make("log.example");
  const SigningKey* const keys[] = {&key};
  const std::string note = sign_note("one\ntwo\n", keys);
  const std::vector<PublicKey> trusted{key.public_key()};
  ASSERT_THAT(signers_of(*signed_note_from(note), trusted), SizeIs(1));
  for (std::size_t i = 0; i < note.size(); ++i) {
    std::string other = note;
    other[i] = static_cast<char>(other[i] ^ 1);
    const auto parsed = signed_note_from(other);
    EXPECT_TRUE(!parsed || signers_of(*parsed, trusted).empty()) << "byte " << i;
  }
}

TEST(SignedNote, ThatIsNoneIsRefused) {
  const std::string signature = "\u2014 a AAAAAGFh\n";
  ASSERT_TRUE(signed_note_from("text\n\n" + signature));
  const std::vector<std::string> notes = {"",
                                          "text\n",
                                          "text\n" + signature,
                                          "text\n\n",
                                          "text\n\n\u2014 a\n",
                                          "text\n\n\u2014 a b c\n",
                                          "text\n\n- a AAAAAGFh\n",
                                          "te\txt\n\n" + signature,
                                          "te\xff\n\n" + signature,
                                          "text\n\n" + signature + "x\n",
                                          "text\n\n\u2014 a+b AAAAAGFh\n",
                                          "text\n\n\u2014 a AAAA\n"};
  for (const std::string& note : notes) {
    EXPECT_FALSE(signed_note_from(note)) << note;
  }
}

TEST(SigningKey, ComesBackFromItsText) {
  const SigningKey key = SigningKey::make("log.example/1");
  const auto again = SigningKey::from(key.text());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->public_key(), key.public_key());
  EXPECT_EQ(again->sign("x"), key.sign("x"));
  EXPECT_EQ(public_key_from(key.public_key().text()), key.public_key());
  for (const std::string& text : {std::string(), std::string("PRIVATE+KEY+a+00000000+AA=="), key.public_key().text(),
                                  key.text() + "x", key.text().substr(0, key.text().size() - 1)}) {
    EXPECT_FALSE(SigningKey::from(text)) << text;
  }
  EXPECT_THROW(SigningKey::make("two words"), std::invalid_argument);
  EXPECT_THROW(SigningKey::make("a+b"), std::invalid_argument);
  EXPECT_THROW(SigningKey::make("a\u00a0b"), std::invalid_argument);
}

TEST(Base64, HasOneTextForEachValue) {
  for (const std::string& bytes : {std::string(), std::string("a"), std::string("ab"), std::string("abc\0", 4)}) {
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
  }
  for (const char* text : {"A", "AA", "AAA", "AB==", "AA=A", "====", "A A=", "AAAA\n"}) {
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
}

TEST(Checkpoint, ComesBackFromItsText) {
  Checkpoint checkpoint{"log.example", 12, {}, {"one", "two"}};
  checkpoint.root.fill(7);
  const std::string text = text_of(checkpoint);
  EXPECT_EQ(text, "log.example\n12\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\none\ntwo\n");
  EXPECT_EQ(checkpoint_from(text), checkpoint);
  for (const std::string& other :
       {std::string(), std::string("log.example\n"), "\n" + text, text + "\n",
        std::string("a\n012\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n"),
        std::string("a\n-1\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n"), std::string("a\n1\nBwcH\n")}) {
    EXPECT_EQ(checkpoint_from(other), std::nullopt) << other;
  }
}

class Checkpoints : public testing::Test {
 protected:
  Checkpoints() { grow(5); }

  void grow(int entries) {
    std::vector<NewEntry> more;
    for (int i = 0; i < entries; ++i) more.push_back(entry(seen_++, probes::Outcome::direct));
    append(log_, more);
  }
  KeptCheckpoint sign() { return keep_checkpoint(log_, key_, Instant(std::chrono::seconds(seen_))); }
  std::optional<std::string> problem(const Log& log, const std::vector<std::string>& notes = {}) const {
    return verify_checkpoints(log, {first_}, notes).misfit;
  }

  int seen_ = 0;
  CaseFile file_;
  Log log_ = file_.open();
  SigningKey key_ = SigningKey::make("log.example");
  PublicKey first_ = key_.public_key();
};

TEST_F(Checkpoints, AreKeptOncePerTree) {
  const KeptCheckpoint one = sign();
  EXPECT_EQ(sign(), one);
  grow(3);
  const KeptCheckpoint two = sign();
  EXPECT_EQ(two.number, 2);
  EXPECT_EQ(two.size, 8);
  EXPECT_EQ(checkpoint_over(log_, 1), one);
  EXPECT_EQ(checkpoint_over(log_, 6), two);
  EXPECT_EQ(checkpoint_over(log_, 9), std::nullopt);
  EXPECT_EQ(newest_checkpoint(log_), two);
  EXPECT_EQ(problem(log_), std::nullopt);
}

TEST_F(Checkpoints, ByAKeyThatIsNotTrustedAreRefused) {
  sign();
  const SigningKey other = SigningKey::make("log.example");
  EXPECT_THAT(verify_checkpoints(log_, {other.public_key()}, {}).misfit.value_or(""),
              HasSubstr("checkpoint 1 is not signed by a key that is trusted"));
}

TEST_F(Checkpoints, AreTrustedAfterTheKeyHandedOver) {
  sign();
  SigningKey next = SigningKey::make("log.example");
  hand_over(log_, key_, next, Instant());
  key_ = std::move(next);
  grow(2);
  sign();
  EXPECT_EQ(problem(log_), std::nullopt);
  EXPECT_THAT(checkpoints(log_), SizeIs(3));
}

TEST_F(Checkpoints, ByAKeyThatWasReplacedAreNeitherMadeNorAccepted) {
  sign();
  const SigningKey next = SigningKey::make("log.example");
  hand_over(log_, key_, next, Instant());
  grow(2);
  EXPECT_THROW(sign(), KeyLost);
  EXPECT_THROW(hand_over(log_, key_, next, Instant()), KeyLost);
  keep_checkpoint(log_, next, Instant());
  const SigningKey* const old[] = {&key_};
  const Checkpoint head{"log.example", log_.size(), log_.root(), {}};
  execute(file_.path(), "INSERT INTO checkpoint VALUES (4, 0, 7, '" + sign_note(text_of(head), old) + "')");
  EXPECT_THAT(problem(log_).value_or(""), HasSubstr("checkpoint 4 is signed by log.example+"));
  EXPECT_THAT(verify_checkpoints(log_, {first_, next.public_key()}, {}).misfit.value_or(""),
              HasSubstr("alone, a key that an earlier checkpoint replaced"));
}

// What is done to the log, and among which entries it shows.
TEST_F(Checkpoints, ShowAnotherTreeWithTheEntriesItLiesAmong) {
  sign();
  grow(4);
  sign();
  CaseFile other_file;
  Log other = other_file.open();
  std::vector<NewEntry> entries;
  for (int i = 0; i < 9; ++i) {
    entries.push_back(entry(i, i == 7 ? probes::Outcome::blocked : probes::Outcome::direct));
  }
  append(other, entries);
  std::vector<std::string> notes;
  for (const KeptCheckpoint& kept : checkpoints(log_)) notes.push_back(kept.note);
  EXPECT_THAT(problem(other, notes).value_or(""), HasSubstr("among the entries 6 to 9 one is not what it was"));
}

TEST_F(Checkpoints, ShowALogThatWasPutBack) {
  sign();
  grow(4);
  const std::string note = sign().note;
  CaseFile earlier_file;
  Log earlier = earlier_file.open();
  std::vector<NewEntry> entries;
  for (int i = 0; i < 5; ++i) entries.push_back(entry(i, probes::Outcome::direct));
  append(earlier, entries);
  EXPECT_THAT(problem(earlier, {note}).value_or(""), HasSubstr("of 9 entries, but the log has 5"));
  put(checkpoint_file_of(file_.path()), note + '\n');
  EXPECT_THROW(write_checkpoints(earlier, checkpoint_file_of(file_.path())), LogError);
  EXPECT_EQ(text_in(checkpoint_file_of(file_.path())), note + '\n');
}

TEST_F(Checkpoints, GoIntoTheFileOnce) {
  const std::string path = checkpoint_file_of(file_.path());
  const std::string one = sign().note;
  write_checkpoints(log_, path);
  write_checkpoints(log_, path);
  EXPECT_EQ(text_in(path), one + '\n');
  grow(1);
  const std::string two = sign().note;
  write_checkpoints(log_, path);
  EXPECT_EQ(text_in(path), one + '\n' + two + '\n');
  EXPECT_THAT(notes_in(text_in(path)), testing::ElementsAre(one, two));
}

TEST_F(Checkpoints, CutShortInTheFileAreMadeGood) {
  const std::string path = checkpoint_file_of(file_.path());
  const std::string one = sign().note;
  grow(1);
  const std::string whole = one + '\n' + sign().note + '\n';
  for (std::size_t length = 0; length < whole.size(); ++length) {
    put(path, whole.substr(0, length));
    write_checkpoints(log_, path);
    ASSERT_EQ(text_in(path), whole) << "cut after " << length;
  }
}

TEST_F(Checkpoints, DeletedByOneWhoKnowsTheSchemaAreMissed) {
  sign();
  grow(2);
  const std::string last = sign().note;
  ASSERT_EQ(problem(log_, {last}), std::nullopt);
  tamper(file_.path(), "DELETE FROM checkpoint WHERE number = 2");
  EXPECT_EQ(problem(log_), std::nullopt) << "by itself the log cannot know of the last";
  EXPECT_THAT(problem(log_, {last}).value_or(""), HasSubstr("checkpoint 1 of the file is not in the log"));
  sign();
  tamper(file_.path(), "DELETE FROM checkpoint WHERE number = 1");
  EXPECT_EQ(problem(log_), "checkpoint 1 was deleted from the log");
}

TEST_F(Checkpoints, OfADatabaseAreNeverChangedOrDeleted) {
  sign();
  for (const char* sql :
       {"UPDATE checkpoint SET note = 'x'", "DELETE FROM checkpoint", "INSERT INTO checkpoint VALUES (5, 0, 0, 'x')"}) {
    EXPECT_ANY_THROW(rows_of(file_.path(), sql)) << sql;
  }
}

TEST(KeyFile, IsMadeOnceForItsOwnerAlone) {
  const CaseFile place;
  const std::string path = key_file_of(place.path());
  EXPECT_THROW(read_key(path), LogRefused);
  const SigningKey made = take_key(path);
  EXPECT_EQ(take_key(path).public_key(), made.public_key());
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_THAT(read_public_keys(public_keys_of(path)), testing::ElementsAre(made.public_key()));
  EXPECT_THROW(make_key(path, "other"), LogRefused);
}

TEST(KeyFile, ThatOthersMayReadIsRefused) {
  const CaseFile place;
  const std::string path = key_file_of(place.path());
  take_key(path);
  ASSERT_EQ(::chmod(path.c_str(), 0640), 0);
  EXPECT_THROW(take_key(path), LogRefused);
}

TEST(KeyFile, KeepsThePublicKeysOfThoseReplaced) {
  const CaseFile place;
  const std::string path = key_file_of(place.path());
  const SigningKey one = take_key(path), two = SigningKey::make(one.public_key().name);
  replace_key(path, two);
  EXPECT_EQ(read_key(path).public_key(), two.public_key());
  EXPECT_THAT(read_public_keys(public_keys_of(path)), testing::ElementsAre(one.public_key(), two.public_key()));
}

TEST(KeyFile, OfPublicKeysNamesTheLineThatIsNone) {
  const CaseFile place;
  const std::string path = place.beside(".pub");
  put(path, "# ours\n\nnothing\n");
  try {
    read_public_keys(path);
    FAIL() << "was read";
  } catch (const LogRefused& refused) {
    EXPECT_THAT(refused.what(), HasSubstr(".pub:3: is no public key"));
  }
}

}  // namespace
}  // namespace linkaudit::log
