"""Where pixels are touched: decoding, turning, re-encoding, measuring. Runs only as a sandboxed child process.

The rest of the product talks to it through `backend.documents.develop` and imports no imaging library.
"""
