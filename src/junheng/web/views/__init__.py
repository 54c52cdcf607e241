"""Views: fetch with permission, parse, call one action or read one study, render. They write nothing."""
