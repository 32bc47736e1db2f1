"""The pages of moderation: for everybody, and for moderators."""
