"""Models: the language model's decoder, its KV cache and tokenizer, the embedder, and the folders they live in.

Importing this package is cheap: ONNX Runtime and its friends are imported where a model is loaded or converted.
It knows nothing of conversations, memories or windows.
"""
