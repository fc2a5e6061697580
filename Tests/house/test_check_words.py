"""Tests of check_words.py on tiny trees."""

import unittest

from trees import TreeTests

ALLOWANCE = "Tests/house/archaic-words.txt"


class CheckWords(TreeTests):
    def checked(self, files: dict[str, str], *arguments: str, allowance: str = ""):
        self.root = self.tree(files | {ALLOWANCE: "# allowed\n" + allowance})
        return self.run_script("Tests/house/check_words.py", *arguments, self.root)

    def test_a_listed_word_in_a_string_fails_with_its_place(self):
        result = self.checked({"Sources/A/A.swift": '\nlet help = "all processors unless given"\n'})
        self.assertEqual(result.returncode, 1)
        self.assertIn("A.swift: 1 archaic words, 0 allowed: unless given (line 2)", result.stderr)

    def test_code_and_comments_may_say_what_they_like(self):
        text = '// anew, beside\nlet beside = anew(1)\nlet said = "now \\(anew(beside))"\n'
        self.assertEqual(self.checked({"Sources/A/A.swift": text}).returncode, 0)

    def test_words_are_whole_and_may_break_at_a_line(self):
        self.assertEqual(self.checked({"README.md": "besides, it amends an island; it is no longer there\n"}).returncode, 0)
        self.assertEqual(self.checked({"README.md": "This is\nno option.\n"}).returncode, 1)
        self.assertEqual(self.checked({"README.md": "Reckoned by hand.\n"}).returncode, 1)

    def test_history_and_code_in_documents_are_left_alone(self):
        result = self.checked({
            "CHANGELOG.md": "## Unreleased\n\nFine.\n\n## 0.1.0\n\nTold by no one, timed anew.\n",
            "Documentation/Decisions/0001-a.md": "Timed anew.\n",
            "Documentation/A.md": "Run `mend`.\n\n```\nanew\n```\n",
        })
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_the_allowance_follows_a_file_that_moves_and_grows_never(self):
        word = 'let a = "anew"\n'
        self.assertEqual(self.checked({"Sources/B/C/A.swift": word}, allowance="A.swift 1\n").returncode, 0)
        more = self.checked({"Sources/B/C/A.swift": word * 2}, "--shrink", allowance="A.swift 1\n")
        self.assertEqual(more.returncode, 1)
        fewer = self.checked({"Sources/B/C/A.swift": word}, "--shrink", allowance="A.swift 2\nB.swift 1\n")
        self.assertEqual(fewer.returncode, 0)
        self.assertEqual((self.root / ALLOWANCE).read_text(encoding="utf-8"), "# allowed\nA.swift 1\n")


if __name__ == "__main__":
    unittest.main()
