"""Tests of Scripts/folder-arrows and of the reader of Swift beneath it, on tiny trees of sources."""

import pathlib
import unittest

from trees import TreeTests
from swift_source import SwiftFile  # found by what trees.py adds to the path


class ArrowTests(TreeTests):
    def arrows(self, files: dict[str, str], *arguments: object):
        return self.run_script("Scripts/folder-arrows", *arguments, self.tree(files))


STRAIGHT = {
    "Walls/Bricks/Brick.swift": "struct Brick {\n  var weight: Double\n  func laid() {}\n}\n",
    "Walls/Wall.swift": "struct Wall {\n  var bricks: [Brick]\n}\n",
}
CIRCLE = STRAIGHT | {
    "Walls/Bricks/Brick.swift": "struct Brick {\n  var wall: Wall?\n}\n",
}


class FolderArrows(ArrowTests):
    def test_a_use_of_a_type_is_an_arrow(self):
        result = self.arrows(STRAIGHT, "--all")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("Walls: . -> Bricks  (Brick)", result.stdout)

    def test_a_circle_fails_and_names_what_makes_it(self):
        result = self.arrows(CIRCLE)
        self.assertEqual(result.returncode, 1)
        self.assertIn("Walls: . -> Bricks  (Brick)", result.stderr)
        self.assertIn("Walls: Bricks -> .  (Wall)", result.stderr)

    def test_a_circle_over_three_folders_is_found(self):
        result = self.arrows({
            "House/A/A.swift": "struct First { var next: Second? }\n",
            "House/B/B.swift": "struct Second { var next: Third? }\n",
            "House/C/C.swift": "struct Third {}\nextension First {}\n",
        })
        self.assertEqual(result.returncode, 1)
        self.assertIn("3 in circles", result.stdout)

    def test_a_member_of_its_own_name_makes_an_arrow(self):
        result = self.arrows(STRAIGHT | {
            "Walls/Tools/Trowel.swift": "func work(_ item: Int) {\n  item.laid()\n}\n",
        }, "--all")
        self.assertIn("Walls: Tools -> Bricks  (laid)", result.stdout)

    def test_a_member_name_that_two_folders_declare_says_nothing(self):
        result = self.arrows(STRAIGHT | {
            "Walls/Tools/Trowel.swift": "func work(_ item: Int) {\n  item.laid()\n}\n",
            "Roof/Tiles/Tile.swift": "struct Tile {\n  func laid() {}\n}\n",
        }, "--all")
        self.assertNotIn("laid", result.stdout)

    def test_a_member_of_an_extension_belongs_where_it_is_declared(self):
        result = self.arrows(STRAIGHT | {
            "Walls/Words/Words.swift": "extension Brick {\n  var inWords: String { \"brick\" }\n}\n",
            "Walls/Bricks/Pile.swift": "func say(_ brick: Brick) -> String { brick.inWords }\n",
        })
        self.assertEqual(result.returncode, 1)
        self.assertIn("Walls: Bricks -> Words  (inWords)", result.stderr)

    def test_code_in_a_string_counts_and_words_and_comments_do_not(self):
        result = self.arrows(STRAIGHT | {
            "Walls/Words/Words.swift":
                "// Brick\nfunc said(_ a: Int) -> String { \"Brick \\(a.laid()) \" }\n",
        }, "--all")
        self.assertIn("Walls: Words -> Bricks  (laid)", result.stdout)

    def test_private_names_and_locals_are_nobodys_arrow(self):
        result = self.arrows(STRAIGHT | {
            "Walls/Bricks/Brick.swift": "struct Brick {}\nprivate func mix() {}\nfunc sort(it: Int) {}\n",
            "Walls/Words/Words.swift": "func f() {\n  let sort = 1\n  use(sort)\n  mix()\n}\n",
        }, "--all")
        self.assertNotIn("Walls: Words", result.stdout)

    def test_modules_are_apart(self):
        result = self.arrows(STRAIGHT | {"Roof/Tiles/Tile.swift": "struct Tile { var on: Wall? }\n"}, "--all")
        self.assertNotIn("Roof", result.stdout)


class SwiftReading(TreeTests):
    def read(self, text: str) -> SwiftFile:
        return SwiftFile(self.tree({"File.swift": text}) / "File.swift", "File.swift")

    def test_functions_have_their_lines_parameters_and_nesting(self):
        file = self.read(
            "struct A {\n  init(a: Int, b: [String: Int], c: (Int) -> Int = { $0 }) {}\n"
            "  func f(\n    _ x: Int\n  ) {\n    if x > 0 {\n      for _ in 0..<x {}\n    }\n  }\n}\n")
        found = [(f.name, f.last - f.line + 1, f.parameters, f.nesting) for f in file.functions]
        self.assertEqual(found, [("init", 1, 3, 0), ("f", 7, 1, 2)])

    def test_a_requirement_without_a_body_does_not_take_the_next_brace(self):
        file = self.read("protocol P {\n  func f()\n  var x: Int { get }\n}\nstruct S {\n}\n")
        self.assertEqual(file.functions, [])
        self.assertEqual([d.name for d in file.declarations], ["P", "f", "x", "S"])

    def test_string_literals_are_kept_without_their_code(self):
        file = self.read('let a = "one \\(f("two")) three"\nlet b = """\n  four "five"\n  """\nlet c = ""\n')
        self.assertEqual(
            file.literals, [(1, "two"), (1, "one … three"), (2, '\n  four "five"\n  '), (5, "")])

    def test_cases_are_members_and_their_payloads_are_uses(self):
        file = self.read("enum E: String {\n  case a, b = \"x\"\n  case c(of: Brick), d\n}\n")
        self.assertEqual([d.name for d in file.declarations], ["E", "a", "b", "c", "d"])

    def test_access_is_that_of_the_declaration_not_of_its_setter(self):
        file = self.read("struct A {\n  public private(set) var x = 1\n  private var y = 2\n}\n")
        self.assertEqual([d.access for d in file.declarations], ["internal", "public", "private"])


if __name__ == "__main__":
    unittest.main()
