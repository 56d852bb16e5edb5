"""When two texts of a module are one to Python."""

import ast


def meaning(code: str) -> str:
    """What Python reads, with the names of encodings and headers in small letters: case makes no difference in them."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        match node:
            case (
                ast.Call(func=ast.Attribute(attr="encode" | "decode"), args=[ast.Constant(value=str(name)) as said, *_])
                | ast.keyword(arg="encoding", value=ast.Constant(value=str(name)) as said)
                | ast.Subscript(value=ast.Attribute(attr="headers"), slice=ast.Constant(value=str(name)) as said)
            ):
                said.value = name.lower()
    return ast.dump(tree)
