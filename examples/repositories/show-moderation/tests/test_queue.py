import pathlib
import unittest

SQL = (pathlib.Path(__file__).resolve().parents[1] / "queue.sql").read_text()


class QueueTest(unittest.TestCase):
    def test_explicit_shows_are_left_out(self):
        self.assertIn("WHERE NOT s.is_explicit", SQL)

    def test_a_show_needs_three_reports(self):
        self.assertIn("COUNT(*) >= 3", SQL)


if __name__ == "__main__":
    unittest.main()
