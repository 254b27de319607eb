"""The only code that speaks to Twilio: the Twilio library behind our own transport. Knows no Django."""
