"""Tests of Scripts/measure-house on tiny trees of sources with known measures."""

import unittest

from trees import TreeTests

BLOCK = "".join(f"  let a{line} = {line}\n" for line in range(6))
HEADER = "claim_id,subject_id,object_id,channel,instrument,phase,event_id,dated\n"


class MeasureHouse(TreeTests):
    def measured(self, files: dict[str, str], *arguments: str) -> str:
        result = self.run_script("Scripts/measure-house", "--root", self.tree(files), *arguments)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def test_lengths_and_parameters_are_shares_of_all_functions(self):
        long = "func long() {\n" + "  work()\n" * 39 + "}\n"
        table = self.measured({
            "Sources/A/A.swift": long + "func most() {\n" + "  work()\n" * 38 + "}\n",
            "Sources/A/B.swift":
                "func wide(a: Int, b: Int, c: Int, d: Int, e: Int) {}\n"
                "func four(a: Int, b: Int, c: Int, d: Int) {}\n",
        })
        self.assertIn("| files | 2 |", table)
        self.assertIn("| functions of at most 40 lines | 75.0 % |", table)
        self.assertIn("| functions of 5 and more parameters | 25.0 % |", table)

    def test_nesting_counts_blocks_within_blocks(self):
        deep = "func f() {\n  if a {\n    if b {\n      if c {\n        if d {\n        }\n      }\n    }\n  }\n}\n"
        table = self.measured({"Sources/A/A.swift": deep + "func g() {\n  if a {\n  }\n}\n"}, "--list")
        self.assertIn("| functions 4 and more blocks deep | 50.0 % |", table)
        self.assertIn("A/A.swift:1 f, 4 deep", table)

    def test_public_declarations_without_a_comment_are_named(self):
        table = self.measured({
            "Sources/A/A.swift": "/// Says.\n@frozen\npublic struct Said {\n  public var mute = 1\n}\n",
        }, "--list")
        self.assertIn("| of these documented | 50.0 % |", table)
        self.assertIn("A/A.swift:4 mute", table)
        self.assertNotIn("A/A.swift:3 Said", table)

    def test_a_public_name_counts_as_used_by_another_module_or_package_only(self):
        table = self.measured({
            "Sources/A/A.swift": "public func lonely() {}\npublic func shared() {}\npublic func shown() {}\n",
            "Sources/A/B.swift": "func f() {\n  lonely()\n}\n",
            "Sources/B/B.swift": "func g() {\n  shared()\n}\n",
            "Snippets/way.swift": "shown()\n",
        }, "--list")
        self.assertIn("| public names that nothing outside their module uses | 1 |", table)
        self.assertIn("  A: lonely", table)

    def test_a_repeated_block_is_found_once_and_imports_are_none(self):
        files = {
            "Sources/A/A.swift": "func f() {\n" + BLOCK + "  let more = 1\n}\n",
            "Sources/A/B.swift": "func g() {\n" + BLOCK + "  let more = 1\n}\n",
        }
        self.assertIn("| repeated blocks of 6 lines | 1 |", self.measured(files))
        files["Sources/A/B.swift"] = "func g() {}\n"
        self.assertIn("| repeated blocks of 6 lines | 0 |", self.measured(files))
        imports = "".join(f"import Module{number}\n" for number in range(7))
        table = self.measured({"Sources/A/A.swift": imports, "Sources/A/B.swift": imports})
        self.assertIn("| repeated blocks of 6 lines | 0 |", table)

    def test_files_that_list_the_columns_of_a_claim_are_counted(self):
        names = ", ".join(f'"{name}"' for name in HEADER.strip().split(","))
        table = self.measured({
            "Casebooks/western-balkans/claims.csv": HEADER,
            "Sources/A/A.swift": f"let columns = [{names}]\n",
            "Sources/A/B.swift": 'let columns = ["channel", "phase"]\n',
        })
        self.assertIn("| files that list the columns of a claim | 1 |", table)

    def test_circles_between_folders_are_counted(self):
        table = self.measured({
            "Sources/A/B/B.swift": "struct Inner { var outer: Outer? }\n",
            "Sources/A/A.swift": "struct Outer { var inner: Inner? }\n",
        })
        self.assertIn("| arrows between folders that stand in circles | 2 |", table)


if __name__ == "__main__":
    unittest.main()
