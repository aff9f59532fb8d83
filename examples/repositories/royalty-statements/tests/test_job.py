import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[1]
JOB = (ROOT / "job.yaml").read_text()


class JobTest(unittest.TestCase):
    def test_inputs_are_what_the_queries_read(self):
        inputs = set(re.findall(r"^  - (meridian-data\.\S+)$", JOB, re.M))
        sql = JOB + (ROOT / "lines.sql").read_text()
        read = set(re.findall(r"(?:FROM|JOIN) `([^`]+)`", sql))
        self.assertEqual(inputs, read - {"meridian-data.finance.play_territories"})

    def test_rate_cards_are_the_two_of_the_contracts(self):
        self.assertEqual(
            set(re.findall(r"(?:THEN|ELSE) '(\w+)'", JOB)), {"premium", "ad_supported"}
        )

    def test_territories_have_the_columns_that_lines_reads(self):
        lines = (ROOT / "lines.sql").read_text()
        for column in set(re.findall(r"\bpt\.(\w+)", lines)):
            self.assertRegex(JOB, rf"(AS |p\.){column}\b")


if __name__ == "__main__":
    unittest.main()
